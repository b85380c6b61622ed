using System.Diagnostics.CodeAnalysis;

namespace PatientPortal.Interop.Domain.Bundles;

internal enum LinkKind { Unreadable, Inside, Named, Urn, Conditional }

/// <summary>What a FHIR reference or URL points to: inside the resource (#), a type and id, a urn, or a search by identifier.</summary>
internal readonly record struct Link(LinkKind Kind, string? Type, string? Id, string? Server, Identifier? Identifier)
{
    public static Link Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return default;
        if (text[0] is '#') return new(LinkKind.Inside, null, null, null, null);
        if (text.StartsWith("urn:", StringComparison.Ordinal)) return new(LinkKind.Urn, null, text[(text.LastIndexOf(':') + 1)..], null, null);
        if (text.IndexOf('?') is >= 0 and var mark) return Search(text[..mark], text[(mark + 1)..]);

        var steps = text.Split('/');
        var last = steps.Length - 1;
        if (last >= 3 && steps[last - 1] is "_history") last -= 2;
        if (last < 1 || !ResourceTypes.Exists(steps[last - 1]) || !IsId(steps[last])) return default;
        var server = last > 1 ? string.Join('/', steps[..(last - 1)]) : null;
        return new(LinkKind.Named, steps[last - 1], steps[last], server, null);
    }

    /// <summary>The id that an entry's fullUrl gives its resource.</summary>
    public static string? IdOf(string? fullUrl, string type) => Parse(fullUrl) switch
    {
        { Kind: LinkKind.Urn, Id: var id } when IsId(id) => id,
        { Kind: LinkKind.Named, Id: var id, Type: var named } when named == type => id,
        _ => null,
    };

    /// <summary>FHIR's own rule for ids.</summary>
    public static bool IsId([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= 64 } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');

    static Link Search(string path, string query)
    {
        var type = path[(path.LastIndexOf('/') + 1)..];
        if (!ResourceTypes.Exists(type)) return default;
        const string asked = "identifier=";
        if (!query.StartsWith(asked, StringComparison.Ordinal) || query.Contains('&')) return new(LinkKind.Conditional, type, null, null, null);
        var both = Uri.UnescapeDataString(query[asked.Length..]).Split('|', 2);
        return new(LinkKind.Conditional, type, null, null, both.Length is 2 ? new(both[0], both[1]) : new("", both[0]));
    }
}
