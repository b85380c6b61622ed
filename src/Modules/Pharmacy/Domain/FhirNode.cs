using System.Globalization;
using System.Text.Json;

namespace PatientPortal.Pharmacy.Domain;

/// <summary>A resource that can't be taken: which element is at fault, and why, without a word of what stands in it.</summary>
sealed class ElementFault(string element, string reason) : Exception($"{element} {reason}")
{
    public string Element => element;
    public string Reason => reason;
}

/// <summary>
/// An element of FHIR R4 JSON (https://hl7.org/fhir/R4/json.html) and its path. What is absent reads as null; what is there in the
/// wrong shape is a fault that names the element.
/// </summary>
readonly struct FhirNode(JsonElement json, string path)
{
    public string Path => path;

    public static FhirNode Root(JsonDocument document, string type) =>
        document.RootElement.ValueKind is JsonValueKind.Object
            ? new(document.RootElement, type)
            : throw new ElementFault(type, "is not a JSON object");

    FhirNode? Find(string name, params ReadOnlySpan<JsonValueKind> kinds)
    {
        if (!json.TryGetProperty(name, out var found)) return null;
        if (!kinds.Contains(found.ValueKind)) throw new ElementFault($"{path}.{name}", "has the wrong type");
        return new(found, $"{path}.{name}");
    }

    public FhirNode? Child(string name) => Find(name, JsonValueKind.Object);

    public IEnumerable<FhirNode> Each(string name)
    {
        if (!json.TryGetProperty(name, out var found)) yield break;
        if (found.ValueKind is not JsonValueKind.Array) throw new ElementFault($"{path}.{name}", "has the wrong type: it is not a list");
        foreach (var (index, item) in found.EnumerateArray().Index())
            yield return item.ValueKind is JsonValueKind.Object ? new(item, $"{path}.{name}[{index}]") : throw new ElementFault($"{path}.{name}[{index}]", "has the wrong type");
    }

    /// <summary>Null when absent or blank.</summary>
    public string? Text(string name) =>
        Find(name, JsonValueKind.String) is { } found && found.Value.GetString()!.Trim() is { Length: > 0 } text ? text : null;

    public string Required(string name) => Text(name) ?? throw new ElementFault($"{path}.{name}", "is missing");

    public bool? Flag(string name) => Find(name, JsonValueKind.True, JsonValueKind.False)?.Value.GetBoolean();

    public int? Whole(string name) => Find(name, JsonValueKind.Number) is { } found
        ? found.Value.TryGetInt32(out var number) && number >= 0 ? number : throw new ElementFault(found.Path, "is not a whole number of 0 or more")
        : null;

    public decimal? Number(string name) => Find(name, JsonValueKind.Number) is { } found
        ? found.Value.TryGetDecimal(out var number) ? number : throw new ElementFault(found.Path, "is not a number that can be kept")
        : null;

    /// <summary>The day of a date or dateTime, as it was written there; a year or a month alone reads as its first day.</summary>
    public DateOnly? Day(string name)
    {
        if (Text(name) is not { } text) return null;
        var day = text.Length switch { 4 => text + "-01-01", 7 => text + "-01", >= 10 => text[..10], _ => "" };
        return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new ElementFault($"{path}.{name}", "is not a date");
    }

    public DateTimeOffset? Instant(string name) => Text(name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
        : throw new ElementFault($"{path}.{name}", "is not an instant");

    /// <summary>The words of a CodeableConcept: its text, else the first display, else the first code.</summary>
    public string? Concept()
    {
        if (Text("text") is { } text) return text;
        var codings = Each("coding").ToList();
        return codings.Select(c => c.Text("display")).FirstOrDefault(d => d is not null)
            ?? codings.Select(c => c.Text("code") is { } code ? $"{System(c)} {code}" : null).FirstOrDefault(c => c is not null);
    }

    /// <summary>The id that a Reference names: the last part of "Type/id", of a full URL, or of "urn:uuid:...".</summary>
    public string? ReferencedId() =>
        Text("reference") is { } reference && !reference.StartsWith('#') && reference.Split('/', ':')[^1] is { Length: > 0 } id ? id : null;

    public JsonElement Value => json;

    static string System(FhirNode coding) => coding.Text("system") switch
    {
        "http://www.nlm.nih.gov/research/umls/rxnorm" => "RxNorm",
        "http://hl7.org/fhir/sid/ndc" => "NDC",
        _ => "Code",
    };
}
