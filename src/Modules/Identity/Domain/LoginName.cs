using System.Text;
using System.Text.RegularExpressions;

namespace PatientPortal.Identity.Domain;

/// <summary>Names to sign in with. "Maria" and "maria" are one name: <see cref="Key"/> is what must be unique.</summary>
static partial class LoginName
{
    public const string Rule = "Use 3 to 64 letters or digits; dots, dashes, underscores, plus and @ are fine inside.";

    public static bool IsWellFormed(string? name) => name is not null && Shape().IsMatch(name.Trim());

    /// <summary>NFKC, so that a full-width or composed look-alike of a taken name is that name. Any input gives a key: unknown names cost the same work.</summary>
    public static string Key(string? name)
    {
        var text = (name ?? "").Trim();
        if (text.Length > 256) text = text[..256];
        // Normalize throws on half a surrogate pair, and PostgreSQL on a zero, which a client can send.
        var whole = string.Concat(text.EnumerateRunes()).Replace('\0', '\uFFFD');
        return whole.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
    }

    [GeneratedRegex(@"^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@+\-]{2,63}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Shape();
}
