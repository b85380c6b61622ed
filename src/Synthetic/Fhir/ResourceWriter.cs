using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PatientPortal.Synthetic.Fhir;

/// <summary>Writes one FHIR R4 resource after another into the same buffer.</summary>
internal sealed class ResourceWriter
{
    public const string Loinc = "http://loinc.org", RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm", Icd10 = "http://hl7.org/fhir/sid/icd-10-cm",
        Cvx = "http://hl7.org/fhir/sid/cvx", Ucum = "http://unitsofmeasure.org", Snomed = "http://snomed.info/sct", Terms = "http://terminology.hl7.org/CodeSystem/";

    readonly ArrayBufferWriter<byte> buffer = new(4096);
    readonly Utf8JsonWriter json;
    string type = "", id = "";

    public ResourceWriter() => json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    /// <param name="profile">The last part of a US Core profile's address, or null for none.</param>
    public ResourceWriter Begin(string resourceType, Guid resourceId, string? profile, DateTimeOffset updated)
    {
        (type, id) = (resourceType, resourceId.ToString());
        buffer.ResetWrittenCount();
        json.Reset();
        json.WriteStartObject();
        json.WriteString("resourceType", resourceType);
        json.WriteString("id", id);
        json.WriteStartObject("meta");
        json.WriteString("versionId", "1");
        json.WriteString("lastUpdated", updated);
        if (profile is not null)
        {
            json.WriteStartArray("profile");
            json.WriteStringValue("http://hl7.org/fhir/us/core/StructureDefinition/" + profile);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        return this;
    }

    public StoryResource End()
    {
        json.WriteEndObject();
        json.Flush();
        return new StoryResource(type, id, buffer.WrittenSpan.ToArray());
    }

    public ResourceWriter Text(string name, string value) { json.WriteString(name, value); return this; }

    public ResourceWriter Flag(string name, bool value) { json.WriteBoolean(name, value); return this; }

    public ResourceWriter Number(string name, decimal value) { json.WriteNumber(name, value); return this; }

    public ResourceWriter Base64(string name, byte[] value) { json.WriteBase64String(name, value); return this; }

    public ResourceWriter Date(string name, DateOnly value) { json.WriteString(name, value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); return this; }

    public ResourceWriter Instant(string name, DateTimeOffset value) { json.WriteString(name, value); return this; }

    /// <summary>An object, or an array of them when the name ends in "[]".</summary>
    public ResourceWriter Object(string name, Action<ResourceWriter> inside)
    {
        if (name.EndsWith("[]", StringComparison.Ordinal)) return List(name[..^2], inside);
        json.WriteStartObject(name);
        inside(this);
        json.WriteEndObject();
        return this;
    }

    /// <summary>An array of one object for each writer given.</summary>
    public ResourceWriter List(string name, params ReadOnlySpan<Action<ResourceWriter>> items)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            item(this);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return this;
    }

    public ResourceWriter Strings(string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
        return this;
    }

    public ResourceWriter Reference(string name, string to, Guid toId, string? display = null)
    {
        var many = name.EndsWith("[]", StringComparison.Ordinal);
        if (many) { json.WriteStartArray(name[..^2]); json.WriteStartObject(); }
        else json.WriteStartObject(name);
        json.WriteString("reference", $"{to}/{toId}");
        if (display is not null) json.WriteString("display", display);
        json.WriteEndObject();
        if (many) json.WriteEndArray();
        return this;
    }

    public ResourceWriter References(string name, string to, IReadOnlyList<Guid> ids)
    {
        json.WriteStartArray(name);
        foreach (var one in ids)
        {
            json.WriteStartObject();
            json.WriteString("reference", $"{to}/{one}");
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return this;
    }

    /// <summary>A CodeableConcept; with a name that ends in "[]", an array of one.</summary>
    public ResourceWriter Concept(string name, string? system, string? code, string text)
    {
        var many = name.EndsWith("[]", StringComparison.Ordinal);
        if (many) { json.WriteStartArray(name[..^2]); json.WriteStartObject(); }
        else json.WriteStartObject(name);
        if (system is not null && code is not null)
        {
            json.WriteStartArray("coding");
            json.WriteStartObject();
            json.WriteString("system", system);
            json.WriteString("code", code);
            json.WriteString("display", text);
            json.WriteEndObject();
            json.WriteEndArray();
        }
        json.WriteString("text", text);
        json.WriteEndObject();
        if (many) json.WriteEndArray();
        return this;
    }

    /// <summary>A CodeableConcept of one of HL7's own code systems, whose display is text enough.</summary>
    public ResourceWriter Term(string name, string system, string code, string display)
    {
        var many = name.EndsWith("[]", StringComparison.Ordinal);
        if (many) { json.WriteStartArray(name[..^2]); json.WriteStartObject(); }
        else json.WriteStartObject(name);
        json.WriteStartArray("coding");
        json.WriteStartObject();
        json.WriteString("system", Terms + system);
        json.WriteString("code", code);
        json.WriteString("display", display);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        if (many) json.WriteEndArray();
        return this;
    }

    public ResourceWriter Coding(string name, string system, string code, string display) => Object(name, w => w.Text("system", system).Text("code", code).Text("display", display));

    public ResourceWriter Quantity(string name, decimal value, string unit, string ucum, string? comparator = null)
    {
        json.WriteStartObject(name);
        json.WriteNumber("value", value);
        if (comparator is not null) json.WriteString("comparator", comparator);
        json.WriteString("unit", unit);
        json.WriteString("system", Ucum);
        json.WriteString("code", ucum);
        json.WriteEndObject();
        return this;
    }

    public ResourceWriter Period(DateTimeOffset from, DateTimeOffset? to)
    {
        json.WriteStartObject("period");
        json.WriteString("start", from);
        if (to is { } end) json.WriteString("end", end);
        json.WriteEndObject();
        return this;
    }
}
