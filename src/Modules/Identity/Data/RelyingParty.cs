using Microsoft.Extensions.Hosting;

namespace PatientPortal.Identity.Data;

/// <summary>
/// For which site passkeys are made and taken. Only the setting decides, never what a request says of itself: the host of <c>Portal:PublicAddress</c> is the
/// relying party's id and the address itself the one origin. Without the setting passkeys work on <c>localhost</c> in Development and nowhere else.
/// </summary>
sealed class RelyingParty
{
    readonly string? origin;

    public RelyingParty(IConfiguration settings, IHostEnvironment environment)
    {
        if (settings["Portal:PublicAddress"] is { Length: > 0 } set)
        {
            // An address of numbers has no passkeys (WebAuthn section 5.1.3: the id is a domain).
            if (!Uri.TryCreate(set, UriKind.Absolute, out var uri) || uri.HostNameType is not UriHostNameType.Dns) return;
            if (uri.Scheme is not "https" && uri.Host is not "localhost") return;
            (Domain, origin) = (uri.IdnHost, uri.GetLeftPart(UriPartial.Authority));
        }
        else if (!environment.IsProduction())
        {
            Domain = "localhost";
        }
    }

    /// <summary>Null where passkeys can't work.</summary>
    public string? Domain { get; }

    public bool Accepts(string said) => origin is not null
        ? string.Equals(said, origin, StringComparison.OrdinalIgnoreCase)
        : Domain is not null && Uri.TryCreate(said, UriKind.Absolute, out var uri) && uri.Host == Domain && uri.Scheme is "http" or "https";
}
