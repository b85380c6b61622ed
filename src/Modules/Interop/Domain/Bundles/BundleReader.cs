using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace PatientPortal.Interop.Domain.Bundles;

/// <summary>
/// Finds the entries of a FHIR Bundle, of a single resource or of lines of resources (NDJSON) in the bytes as they arrived.
/// Reads them once and copies nothing. Whatever the bytes are, the answer is a reading, never an exception.
/// </summary>
internal static class BundleReader
{
    static readonly string[] Kinds = ["transaction", "batch", "collection", "searchset", "document"];

    public static BundleReading Read(ReadOnlySpan<byte> content)
    {
        // A byte order mark is not part of JSON, but editors on Windows write one.
        var start = content.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        if (content[start..].Trim(" \t\r\n"u8).IsEmpty) return No("not_a_bundle", "There is nothing in it.", null);
        if (content.Length >= 2 && (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || content[0] is 0 || content[1] is 0))
            return No("not_utf8", "This looks like UTF-16 text. FHIR JSON is UTF-8: save it as UTF-8 and send it again.", 0);
        if (FirstBadByte(content) is { } bad)
            return No("not_utf8", $"This is not UTF-8 text: the first byte that can't be read is number {bad}.", bad);

        var reader = new Utf8JsonReader(content[start..], isFinalBlock: false, new JsonReaderState(new JsonReaderOptions
        {
            // Depth is counted for each resource, so that one that is too deep does not take the others with it.
            MaxDepth = int.MaxValue,
            AllowMultipleValues = true,
        }));
        var walk = new BundleWalk(content, start);
        try
        {
            var values = 0;
            while (reader.Read())
            {
                values++;
                walk.TopValue(ref reader);
                if (walk.IsTooMany) return TooMany();
            }
            if (!content[(start + (int)reader.BytesConsumed)..].Trim(" \t\r\n"u8).IsEmpty) throw new EndedTooEarly();
            if (walk.Problem is { } problem && (values == 1 || walk.Entries.TrueForAll(e => e.Type is "unknown")))
                return new BundleReading([], problem);
        }
        catch (EndedTooEarly)
        {
            return No("truncated",
                $"The JSON ends too early, after {content.Length} bytes: something is missing at its end. Nothing of it was taken. Send the whole file again.",
                content.Length);
        }
        catch (JsonException)
        {
            var at = start + reader.BytesConsumed;
            return No("not_json", $"This is not JSON: reading stopped at byte {at}. Nothing of it was taken.", at);
        }
        BundleRules.Apply(walk.Entries, content);
        return new BundleReading(walk.Entries, null);
    }

    internal static BundleProblem? KindProblem(string? kind) => kind switch
    {
        null => new("not_a_bundle", "Bundle.type is missing or is not a text.", null),
        "history" => new("not_a_bundle", "This Bundle is a history: it says what changed, not what is. Send the resources as they are now.", null),
        _ when Kinds.Contains(kind) => null,
        _ => new("not_a_bundle", $"Bundle.type has to be one of {string.Join(", ", Kinds)}.", null),
    };

    static BundleReading No(string code, string detail, long? offset) => new([], new BundleProblem(code, detail, offset));

    static BundleReading TooMany() => No("too_many_entries",
        $"More than {InteropLimits.Entries:N0} entries. Split it into several bundles.", null);

    static long? FirstBadByte(ReadOnlySpan<byte> content)
    {
        if (Utf8.IsValid(content)) return null;
        var letters = new char[4096];
        long at = 0;
        while (true)
        {
            var said = Utf8.ToUtf16(content[(int)at..], letters, out var read, out _, replaceInvalidSequences: false);
            at += read;
            if (said is not OperationStatus.DestinationTooSmall) return at;
        }
    }
}

/// <summary>The bytes stop in the middle of a value.</summary>
internal sealed class EndedTooEarly : Exception;
