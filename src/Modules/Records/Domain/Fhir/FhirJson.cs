using System.Text.Json;

namespace PatientPortal.Records.Domain.Fhir;

/// <summary>
/// Reads FHIR R4 JSON (hl7.org/fhir/R4/json.html) without trusting it: an element that is missing, null or of the
/// wrong type reads as absent, never as an exception. Whether it had to be there is <see cref="ResourceCheck"/>'s business.
/// </summary>
static class FhirJson
{
    public static JsonElement? Child(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var child) && child.ValueKind is not JsonValueKind.Null
            ? child : null;

    public static string? Text(this JsonElement element, string name) => element.Child(name) is { } child ? child.AsText() : null;

    public static string? AsText(this JsonElement element) =>
        element.ValueKind is JsonValueKind.String && element.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    /// <summary>The items of a repeating element. A lone object where a list belongs is taken as a list of one.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement element, string name) => element.Child(name) switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(item => item.ValueKind is not JsonValueKind.Null),
        { ValueKind: JsonValueKind.Object } one => [one],
        _ => [],
    };

    public static JsonElement? First(this JsonElement element, string name)
    {
        foreach (var item in element.Each(name)) return item;
        return null;
    }

    public static bool? Flag(this JsonElement element, string name) => element.Child(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A FHIR decimal with the digits it came with ("5.0" stays 5.0); null beyond 28 digits.</summary>
    public static decimal? Number(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out var value) ? value : null;

    public static FhirDate? Date(this JsonElement element, string name) => FhirDate.Parse(element.Text(name));

    /// <summary>Annotations: the text of each <c>note</c>.</summary>
    public static IReadOnlyList<string>? Notes(this JsonElement element, string name = "note")
    {
        var notes = element.Each(name).Select(note => note.Text("text")).OfType<string>().ToList();
        return notes.Count is 0 ? null : notes;
    }

    /// <summary>The code of a status-like concept ("active" of clinicalStatus).</summary>
    public static string? CodeOf(this JsonElement element, string name) =>
        element.Child(name) is { } concept ? concept.First("coding")?.Text("code") ?? concept.Text("text") : null;
}
