using System.Text.Json;

namespace PatientPortal.Interop.Domain.Bundles;

/// <summary>Steps over JSON tokens that don't trust what comes.</summary>
internal static class Json
{
    /// <summary>The next token; there has to be one.</summary>
    public static bool Next(ref Utf8JsonReader reader) => reader.Read() ? true : throw new EndedTooEarly();

    /// <summary>Goes to the end of the value on which the reader stands.</summary>
    public static void Pass(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        var depth = reader.CurrentDepth;
        while (Next(ref reader) && reader.CurrentDepth > depth) { }
    }

    /// <summary>The text of the next value; null, having passed it, when it is something else or is not Unicode.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        if (reader.TokenType is JsonTokenType.String) return IsUnicode(reader) ? reader.GetString() : null;
        Pass(ref reader);
        return null;
    }

    /// <summary>Whether the property on which the reader stands has this name.</summary>
    public static bool Is(in Utf8JsonReader reader, ReadOnlySpan<byte> name) => IsUnicode(reader) && reader.ValueTextEquals(name);

    public static int Start(in Utf8JsonReader reader, int offset) => offset + (int)reader.TokenStartIndex;

    /// <summary>
    /// False for halves of surrogate pairs (they have no UTF-8 form) and for U+0000 (FHIR forbids it, and PostgreSQL has no
    /// place for it) written as escapes; everything else was checked with the bytes.
    /// </summary>
    public static bool IsUnicode(in Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return true;
        var text = reader.ValueSpan;
        for (var at = text.IndexOf((byte)'\\'); at >= 0 && at + 1 < text.Length;)
        {
            var wide = text[at + 1] is (byte)'u';
            if (wide)
            {
                var unit = Unit(text, at);
                if (unit is 0 or >= 0xDC00 and <= 0xDFFF) return false;
                if (unit is >= 0xD800 and <= 0xDBFF)
                {
                    at += 6;
                    if (at + 5 >= text.Length || text[at] is not (byte)'\\' || text[at + 1] is not (byte)'u' || Unit(text, at) is not (>= 0xDC00 and <= 0xDFFF)) return false;
                }
            }
            at += wide ? 6 : 2;
            if (at >= text.Length) break;
            var next = text[at..].IndexOf((byte)'\\');
            at = next < 0 ? -1 : at + next;
        }
        return true;
    }

    // The reader has checked that four hexadecimal digits follow.
    static int Unit(ReadOnlySpan<byte> text, int at)
    {
        var value = 0;
        foreach (var digit in text.Slice(at + 2, 4)) value = value * 16 + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        return value;
    }
}
