using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Data.Post;

/// <summary>Sends through a mail server (RFC 5321): 4xx is "later", 5xx is "never", a broken connection is neither.</summary>
sealed class SmtpPost(SmtpSettings settings, PortalAddress address) : IPost
{
    public string? Closed => null;

    public async Task<Sending> Send(Mail mail, CancellationToken ct)
    {
        if (!MailAddress.TryCreate(mail.To, out var to)) return new(SendingEnding.Refused, "The address is not an e-mail address.");

        using var message = new MailMessage(new MailAddress(settings.From ?? $"no-reply@{address.MailDomain}", address.Clinic.Name, Encoding.UTF8), to)
        {
            Subject = mail.Subject, SubjectEncoding = Encoding.UTF8, Body = mail.Text, BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable, HeadersEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", mail.MessageId);
        // RFC 3834: out-of-office replies must not answer this.
        message.Headers.Add("Auto-Submitted", "auto-generated");

        using var client = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.StartTls };
        if (settings.UserName is not null) client.Credentials = new NetworkCredential(settings.UserName, settings.Password);

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(MessagingLimits.OneSend);
        try
        {
            await client.SendMailAsync(message, patience.Token);
            return new(SendingEnding.Accepted, "Accepted by the mail server.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(SendingEnding.NotReached, "The mail server did not answer in time.");
        }
        catch (SmtpException e)
        {
            return new(EndingOf(e), Said(e));
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException)
        {
            return new(SendingEnding.NotReached, "The connection to the mail server broke.");
        }
    }

    static SendingEnding EndingOf(SmtpException e) => (int)e.StatusCode switch
    {
        // What the server has against us, not against this mail: wrong credentials, no encryption.
        530 or 534 or 535 or 538 => SendingEnding.NotReached,
        >= 400 and < 500 => SendingEnding.Later,
        >= 500 and < 600 => SendingEnding.Refused,
        _ => SendingEnding.NotReached,
    };

    static string Said(SmtpException e)
    {
        var said = (int)e.StatusCode > 0 ? $"{(int)e.StatusCode} {e.Message}" : "The mail server could not be reached.";
        return said.Length <= 300 ? said : said[..300];
    }
}
