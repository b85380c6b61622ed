using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatientPortal.Records.Domain.Fhir;

/// <summary>How much of a date is known.</summary>
enum Precision { Year, Month, Day, Instant }

/// <summary>
/// A FHIR date, dateTime or instant (hl7.org/fhir/R4/datatypes.html#dateTime) exactly as precise as it came:
/// "2019-05" is May 2019, never the first of May.
/// </summary>
/// <param name="Text">As it came.</param>
/// <param name="Start">Its first moment, for sorting; dates without a time begin at midnight UTC.</param>
/// <param name="HasZone">False for a time without an offset (not allowed in R4, seen in the wild): it is shown as it came.</param>
[JsonConverter(typeof(FhirDateJson))]
readonly record struct FhirDate(string Text, DateTimeOffset Start, Precision Precision, bool HasZone)
{
    static readonly string[] Times =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK",
    ];

    public static FhirDate? Parse(string? text)
    {
        if (text is null || text.Length < 4) return null;
        var (format, precision) = text.Length switch
        {
            4 => ("yyyy", Precision.Year),
            7 => ("yyyy-MM", Precision.Month),
            10 => ("yyyy-MM-dd", Precision.Day),
            _ => ("", Precision.Instant),
        };
        if (precision is not Precision.Instant)
            return DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day)
                ? new(text, day, precision, HasZone: false) : null;

        if (text.Length < 16 || text[10] is not 'T') return null;
        if (!DateTimeOffset.TryParseExact(Shortened(text), Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return null;
        return new(text, at, Precision.Instant, text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10);
    }

    /// <summary>FHIR sets no limit to the digits of a second; .NET knows seven, and no leap second.</summary>
    static string Shortened(string text)
    {
        if (text.Length > 18 && text.AsSpan(17, 2) is "60") text = string.Concat(text.AsSpan(0, 17), "59", text.AsSpan(19));
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return text;
        var end = dot + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - dot <= 8 ? text : string.Concat(text.AsSpan(0, dot + 8), text.AsSpan(end));
    }
}

/// <summary>A period; an open end has not happened yet.</summary>
sealed record FhirPeriod(FhirDate? Start, FhirDate? End)
{
    public static FhirPeriod? Of(JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Object } period && (period.Date("start"), period.Date("end")) is var (start, end)
        && (start is not null || end is not null) ? new(start, end) : null;
}

sealed class FhirDateJson : JsonConverter<FhirDate>
{
    public override FhirDate Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        FhirDate.Parse(reader.GetString()) ?? throw new JsonException("not a FHIR date");

    public override void Write(Utf8JsonWriter writer, FhirDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
