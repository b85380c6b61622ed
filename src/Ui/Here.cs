using Microsoft.AspNetCore.Components;
using PatientPortal.Kernel.Access;

namespace PatientPortal.Ui;

/// <summary>Where the reader is.</summary>
static class Here
{
    /// <summary>The page's path without the prefix of the person it is about: <c>/visits/book</c>.</summary>
    public static string Path(NavigationManager nav)
    {
        var path = "/" + nav.ToBaseRelativePath(nav.Uri);
        var end = path.AsSpan().IndexOfAny('?', '#');
        path = end < 0 ? path : path[..end];
        foreach (var prefix in (string[])["/for/", "/as/", "/support/"])
            if (path.StartsWith(prefix, StringComparison.Ordinal)) path = path.IndexOf('/', prefix.Length) is > 0 and var at ? path[at..] : "/";
        return path.Length > 1 ? path.TrimEnd('/') : path;
    }

    /// <summary>The address that leads back here, prefix and query included.</summary>
    public static string Address(NavigationManager nav, CurrentPatient? patient)
    {
        var address = new Uri(nav.Uri).PathAndQuery;
        return patient is { PathPrefix.Length: > 0, Relation: not "staff" } && !address.StartsWith(patient.PathPrefix, StringComparison.Ordinal) ? patient.PathPrefix + address : address;
    }
}
