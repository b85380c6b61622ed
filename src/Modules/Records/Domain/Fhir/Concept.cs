using System.Text.Json;
using System.Text.RegularExpressions;

namespace PatientPortal.Records.Domain.Fhir;

/// <summary>A CodeableConcept as people read it, with the code that queries use.</summary>
/// <param name="Name">Its text, else the best display; the bare code only when nothing else came.</param>
/// <param name="Code">The first code (LOINC first, for tests), or null.</param>
/// <param name="System">The code's system.</param>
sealed partial record Concept(string Name, string? Code, string? System)
{
    public const string Loinc = "http://loinc.org";

    public static Concept? Of(JsonElement element, string name) => element.Child(name) is { } concept ? From(concept) : null;

    public static Concept? From(JsonElement concept)
    {
        if (concept.ValueKind is not JsonValueKind.Object) return null;
        JsonElement? best = null;
        foreach (var coding in concept.Each("coding"))
        {
            if (coding.Text("system") is Loinc && coding.Text("code") is not null) { best = coding; break; }
            if (best is null && coding.Text("code") is not null) best = coding;
        }
        var code = best?.Text("code");
        var display = best?.Text("display") ?? concept.Each("coding").Select(c => c.Text("display")).FirstOrDefault(d => d is not null);
        var said = concept.Text("text") ?? display ?? code;
        return said is null ? null : new(Readable(said), code, best?.Text("system"));
    }

    public static string? NameOf(JsonElement element, string name) => Of(element, name)?.Name;

    /// <summary>Drops what is there for machines: SNOMED's "(procedure)" and LOINC's "[Mass/volume]".</summary>
    public static string Readable(string name)
    {
        var short1 = SnomedTag().Replace(name, "");
        var short2 = LoincProperty().Replace(short1, "");
        return short2.Length is 0 ? name : short2;
    }

    [GeneratedRegex(@"\s*\((procedure|disorder|finding|situation|regime/therapy|observable entity|event|qualifier value|occupation|substance|morphologic abnormality|environment|person|record artifact|body structure)\)\s*$")]
    private static partial Regex SnomedTag();

    [GeneratedRegex(@"\s*\[(Mass|Moles|#|Enzymatic activity|Units|Entitic|Volume|Presence|Ratio|Mass ratio|Mass fraction|Volume Fraction|Length|Time|Type|Interpretation|Identifier|Titer)[^\]]*\]")]
    private static partial Regex LoincProperty();
}

/// <summary>A reference to another resource of the same source.</summary>
/// <param name="Type">The resource type where it is said (not in "urn:uuid:..."), else null.</param>
/// <param name="Id">The id within the source.</param>
readonly record struct Reference(string? Type, string Id)
{
    public static Reference? Of(JsonElement element, string name) => element.Child(name) is { } child ? From(child) : null;

    public static Reference? From(JsonElement reference) => Parse(reference.Text("reference"));

    /// <summary>
    /// "Type/id", "https://host/fhir/Type/id", either with "/_history/n", or "urn:uuid:id" (hl7.org/fhir/R4/references.html).
    /// Contained ("#id") and conditional ("Type?identifier=") references name nothing that is stored here.
    /// </summary>
    public static Reference? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text[0] is '#' || text.Contains('?', StringComparison.Ordinal)) return null;
        if (text.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase)) return new(null, text[9..]);
        if (text.StartsWith("urn:", StringComparison.OrdinalIgnoreCase)) return null;
        var parts = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length >= 4 && parts[^2] is "_history") parts = parts[..^2];
        return parts.Length >= 2 ? new(parts[^2], parts[^1]) : null;
    }
}
