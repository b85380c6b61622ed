namespace PatientPortal.Ui;

/// <summary>
/// A link in an e-mail that does something once. Its secret stands behind the "#", which browsers never send: it comes into no log of a server or proxy, no
/// Referer and no history of the portal (OWASP ASVS 5.0.0, 14.2.1), and opening the link does nothing yet, so a mail scanner uses none up. The page takes it with a
/// <see cref="LinkField"/> and sends it in the body of its form.
/// </summary>
public static class MailedLink
{
    /// <summary>256 random bits in base64url.</summary>
    public const int TokenLength = 43;

    /// <summary>What the e-mail carries.</summary>
    /// <param name="portal">Without a slash at its end.</param>
    /// <param name="page">"/reset".</param>
    public static string Address(string portal, string page, string token) => $"{portal}{page}#{Uri.EscapeDataString(token)}";

    /// <summary>The secret of what somebody put into the field: the whole link as it is copied from the mail, or what stands behind its "#". Never null: what it is not, opens nothing.</summary>
    public static string TokenOf(string? entered)
    {
        var text = (entered ?? "").Trim().Trim('<', '>');
        var mark = text.LastIndexOf('#');
        return mark < 0 ? text : text[(mark + 1)..];
    }

    public static bool IsToken(string? text) => text is { Length: TokenLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
