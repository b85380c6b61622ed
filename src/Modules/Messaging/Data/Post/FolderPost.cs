using System.Globalization;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Data.Post;

/// <summary>
/// In development without a mail server: each mail is a file <c>mail/{delivery}.eml</c> in the data directory. The name is the delivery's,
/// so a repeat after a crash writes the same file again, and nobody gets two.
/// </summary>
sealed class FolderPost(IConfiguration settings, IHostEnvironment environment, PortalAddress address) : IPost
{
    public string? Closed => environment.IsDevelopment() ? null : "No mail server is set (Smtp__Host): notices wait.";

    public string Folder { get; } = Path.Combine(
        settings["Portal:DataDirectory"] is { Length: > 0 } set ? set : Path.Combine(environment.ContentRootPath, "data"), "mail");

    public async Task<Sending> Send(Mail mail, CancellationToken ct)
    {
        Directory.CreateDirectory(Folder);
        var file = Path.Combine(Folder, $"{mail.Id:D}.eml");
        var half = file + ".part";
        await File.WriteAllTextAsync(half, Text(mail), new UTF8Encoding(false), ct);
        File.Move(half, file, overwrite: true);
        return new(SendingEnding.Accepted, "Written to the mail folder.");
    }

    /// <summary>A message as RFC 5322 has it; the body is UTF-8 as it is (8bit), so that people can read the file.</summary>
    string Text(Mail mail) => string.Join("\r\n",
    [
        $"From: {Word(address.Clinic.Name)} <no-reply@{address.MailDomain}>",
        $"To: {mail.To.ReplaceLineEndings("")}",
        $"Subject: {Word(mail.Subject)}",
        $"Date: {mail.At.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} {mail.At.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal)}",
        $"Message-ID: {mail.MessageId}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "Auto-Submitted: auto-generated",
        "",
        mail.Text.ReplaceLineEndings("\r\n"),
    ]);

    /// <summary>RFC 2047: what is not ASCII in a header travels as an encoded word.</summary>
    static string Word(string text) => text.All(char.IsAscii) ? text.ReplaceLineEndings(" ") : $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}?=";
}
