using System.Text;

namespace PatientPortal.Identity.Domain;

/// <summary>
/// NIST SP 800-63B-4, 3.1.1.2: length and a list of what everybody tries, no composition rules, no periodic change.
/// A password is compared and hashed in NFC, so that it is the same on every keyboard.
/// </summary>
static class PasswordRules
{
    /// <summary>One sentence that says what to do, or null when the password will do. English; pages translate it.</summary>
    /// <param name="personal">What an attacker who knows the person would try: the login name, their name, the clinic's.</param>
    public static string? ProblemWith(string? password, bool hasSecondFactor, params IEnumerable<string?> personal)
    {
        if (string.IsNullOrEmpty(password)) return "Choose a password.";
        if (!IsText(password)) return "Please use characters that can be typed.";
        var text = Normal(password);
        var length = text.EnumerateRunes().Count();
        if (length > IdentityLimits.PasswordLongest) return "Use at most 256 characters.";
        if (length < (hasSecondFactor ? IdentityLimits.PasswordWithSecondFactor : IdentityLimits.PasswordAlone))
            return hasSecondFactor ? TooShortBesideCode : TooShort;

        var known = personal.Select(Plain).Where(p => p.Length >= 4).Distinct().ToList();
        if (known.Any(Plain(text).Contains)) return TooPersonal;

        // zxcvbn's work grows with the square of the length; what stands after 100 characters makes no password weaker.
        return Zxcvbn.Zxcvbn.MatchPassword(text.Length > 100 ? text[..100] : text, known).Score < IdentityLimits.PasswordScore ? TooCommon : null;
    }

    public const string TooShort = "Use at least 15 characters. Four or five unrelated words are easy to remember and hard to guess.";
    public const string TooShortBesideCode = "Use at least 8 characters.";
    public const string TooPersonal = "Leave out your user name, your own name and the clinic's name: they are the first things somebody would try.";
    public const string TooCommon = "That one is easy to guess: it is on lists of common passwords, or repeats itself. Try four or five unrelated words.";

    public static string Normal(string password) => IsText(password) ? password.Normalize(NormalizationForm.FormC) : password;

    static string Plain(string? text) =>
        string.Concat((text ?? "").Where(char.IsLetterOrDigit)).ToLowerInvariant();

    static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
