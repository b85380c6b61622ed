namespace PatientPortal.Messaging.Domain;

/// <summary>
/// Messages are plain text. Control characters are refused rather than removed, so that what was sent is what is read;
/// the direction marks of right-to-left writing are welcome, overrides that make text read as something else are not.
/// </summary>
static class PlainText
{
    public static bool IsLine(string text) => text.All(c => !char.IsControl(c) && !Disguises(c) && !IsLineBreak(c));

    public static bool IsText(string text) => text.All(c => c is '\n' or '\r' or '\t' || !char.IsControl(c) && !Disguises(c)) && !HasLoneSurrogate(text);

    /// <summary>One kind of line end, no blanks at the ends.</summary>
    public static string Tidy(string text) => text.ReplaceLineEndings("\n").Trim();

    /// <summary>The beginning, on one line, for a list.</summary>
    public static string Preview(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= MessagingLimits.Preview) return line;
        var end = char.IsHighSurrogate(line[MessagingLimits.Preview - 1]) ? MessagingLimits.Preview - 1 : MessagingLimits.Preview;
        return line[..end].TrimEnd() + "…";
    }

    static bool IsLineBreak(char c) => c is '\u2028' or '\u2029';

    static bool Disguises(char c) => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\uFEFF' or '\uFFFE' or '\uFFFF';

    static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])) return true;
            i++;
        }
        return false;
    }
}
