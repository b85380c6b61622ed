using System.Globalization;
using System.Net;
using System.Net.Mail;
using Microsoft.Extensions.Configuration;

namespace PatientPortal.Messaging.Data.Post;

/// <summary>The mail server, from <c>Smtp:Host</c>, <c>Port</c>, <c>UserName</c>, <c>Password</c>, <c>Security</c> ("None" or "StartTls") and <c>From</c>.</summary>
sealed record SmtpSettings(string Host, int Port, string? UserName, string? Password, bool StartTls, string? From)
{
    /// <summary>Null when no mail server is set.</summary>
    /// <exception cref="CannotStart">A setting is wrong; the message names it.</exception>
    public static SmtpSettings? Of(IConfiguration settings)
    {
        var smtp = settings.GetSection("Smtp");
        if (smtp["Host"] is not { Length: > 0 } host)
            return new[] { "Port", "UserName", "Password", "Security" }.FirstOrDefault(k => !string.IsNullOrEmpty(smtp[k])) is { } alone
                ? throw new CannotStart($"Smtp__{alone} is set, but Smtp__Host is not: say which mail server it is for.")
                : null;

        var startTls = smtp["Security"] switch
        {
            null or "" or "StartTls" => true,
            "None" => false,
            _ => throw new CannotStart("Smtp__Security has to be StartTls or None."),
        };
        var port = smtp["Port"] is not { Length: > 0 } said ? startTls ? 587 : 25
            : int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535 ? number
            : throw new CannotStart("Smtp__Port has to be a number from 1 to 65535.");
        var (user, password) = (smtp["UserName"] is { Length: > 0 } u ? u : null, smtp["Password"] is { Length: > 0 } p ? p : null);
        if (user is null != password is null)
            throw new CannotStart("Smtp__UserName and Smtp__Password go together: set both or neither.");
        if (user is not null && !startTls && !IsLoopback(host))
            throw new CannotStart("Smtp__Security is None, so Smtp__Password would cross the network unprotected. Set Smtp__Security to StartTls.");
        if (smtp["From"] is { Length: > 0 } from && !MailAddress.TryCreate(from, out _))
            throw new CannotStart("Smtp__From has to be an e-mail address.");
        return new(host, port, user, password, startTls, smtp["From"] is { Length: > 0 } sender ? sender : null);
    }

    static bool IsLoopback(string host) => host is "localhost" || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
}
