using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using PatientPortal.Ui;

namespace PatientPortal.Messaging.Data;

/// <summary>Where people reach the portal, for the links in e-mails: <c>Portal:PublicAddress</c>, or the first address it listens on.</summary>
sealed class PortalAddress(IConfiguration settings, IServer server)
{
    public const string Setting = "Portal:PublicAddress";

    public Clinic Clinic { get; } = Clinic.Of(settings);

    /// <summary>Without a slash at its end.</summary>
    public string Value => (settings[Setting] is { Length: > 0 } set ? set
        : server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://127.0.0.1:5080").TrimEnd('/');

    /// <summary>The part of a Message-ID after the @: a name of ours, an address literal otherwise (RFC 5322, 3.6.4).</summary>
    public string MailDomain => new Uri(Value) is { HostNameType: UriHostNameType.Dns, Host: var host } ? host : "portal.localhost";

    /// <summary>What is wrong with the setting, or null.</summary>
    public static string? Problem(IConfiguration settings) =>
        settings[Setting] is not { Length: > 0 } set || (Uri.TryCreate(set, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? null
            : "Portal__PublicAddress has to be an address like https://portal.example.org.";
}
