using System.Collections.Frozen;
using System.Text.Json;

namespace PatientPortal.Records.Domain.Fhir;

/// <summary>What is wrong with a resource, where, in plain words and without any of its content.</summary>
readonly record struct Fault(string Element, string Reason);

/// <summary>
/// Whether a resource is one by FHIR R4: what the standard requires is there, and what the portal reads has the right
/// type. Profiles ask for more; a sender that follows none is still taken.
/// </summary>
static class ResourceCheck
{
    static readonly FrozenDictionary<string, Element[]> Elements = ResourceElements.ByType();

    /// <summary>The first fault, or null.</summary>
    public static Fault? Of(string type, string id, JsonElement resource)
    {
        if (resource.ValueKind is not JsonValueKind.Object) return new(type, "is not a JSON object");
        if (resource.Text("resourceType") != type) return new($"{type}.resourceType", "does not match the type it was announced as");
        if (resource.Child("id") is { } ownId && (ownId.AsText() is not { } text || !IsId(text))) return new($"{type}.id", "is not a FHIR id");
        if (id.Length is 0 or > 200) return new($"{type}.id", "is required and missing");
        if (resource.Child("meta") is { } meta)
        {
            if (meta.ValueKind is not JsonValueKind.Object) return new($"{type}.meta", "must be an object");
            if (meta.Child("lastUpdated") is { } updated && FhirDate.Parse(updated.AsText()) is not { Precision: Precision.Instant })
                return new($"{type}.meta.lastUpdated", "is not a FHIR instant");
        }
        if (!Elements.TryGetValue(type, out var elements)) return null;
        foreach (var element in elements)
            if (Check(type, resource, element) is { } fault) return fault;
        return null;
    }

    static Fault? Check(string path, JsonElement parent, Element element)
    {
        if (element.IsChoice) return CheckChoice(path, parent, element);
        if (parent.Child(element.Name) is not { } value)
            return element.IsRequired ? new Fault($"{path}.{element.Name}", "is required and missing") : null;
        return Check($"{path}.{element.Name}", value, element.Shape, element.Codes);
    }

    static Fault? CheckChoice(string path, JsonElement parent, Element element)
    {
        var chosen = 0;
        foreach (var property in parent.EnumerateObject())
            if (property.Name.Length > element.Name.Length && property.Name.StartsWith(element.Name, StringComparison.Ordinal)
                && char.IsAsciiLetterUpper(property.Name[element.Name.Length]) && property.Value.ValueKind is not JsonValueKind.Null)
            {
                chosen++;
                if (Check($"{path}.{property.Name}", property.Value, ShapeOfChoice(property.Name[element.Name.Length..]), null) is { } fault) return fault;
            }
        if (chosen > 1) return new($"{path}.{element.Name}[x]", "may be given once only");
        return chosen is 0 && element.IsRequired ? new Fault($"{path}.{element.Name}[x]", "is required and missing") : null;
    }

    static Shape ShapeOfChoice(string suffix) => suffix switch
    {
        "DateTime" => Shape.DateTime,
        "Instant" => Shape.DateTime,
        "Period" => Shape.Period,
        "Quantity" or "Age" => Shape.Quantity,
        "CodeableConcept" => Shape.Concept,
        "String" => Shape.String,
        "Boolean" => Shape.Boolean,
        "Integer" => Shape.Number,
        "Reference" => Shape.Reference,
        "Range" or "Ratio" or "SampledData" or "Timing" => Shape.Object,
        _ => Shape.Any,
    };

    static Fault? Check(string path, JsonElement value, Shape shape, string[]? codes) => shape switch
    {
        Shape.Code when value.AsText() is not { } code => new(path, "must be a code"),
        Shape.Code when codes is not null && !codes.Contains(value.GetString()) => new(path, "has a code that FHIR R4 does not know here"),
        Shape.String when value.ValueKind is not JsonValueKind.String => new(path, "must be a string"),
        Shape.Boolean when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False) => new(path, "must be true or false"),
        Shape.Number when value.ValueKind is not JsonValueKind.Number => new(path, "must be a number"),
        Shape.DateTime when FhirDate.Parse(value.AsText()) is null => new(path, "is not a FHIR date"),
        Shape.Object or Shape.Concept or Shape.Reference or Shape.Period or Shape.Quantity when value.ValueKind is not JsonValueKind.Object => new(path, "must be an object"),
        Shape.Concept => CheckConcept(path, value),
        Shape.Reference when value.Child("reference") is { } reference && reference.AsText() is null => new($"{path}.reference", "must be a string"),
        Shape.Period => CheckPeriod(path, value),
        Shape.Quantity when value.Child("value") is { ValueKind: not JsonValueKind.Number } => new($"{path}.value", "must be a number"),
        Shape.Objects => CheckList(path, value, Shape.Object),
        Shape.Concepts => CheckList(path, value, Shape.Concept),
        Shape.References => CheckList(path, value, Shape.Reference),
        Shape.Codes => CheckList(path, value, Shape.Code),
        Shape.Components => CheckList(path, value, Shape.Object) ?? CheckEach(path, value, new("code", Shape.Concept, true, false, null), new("value", Shape.Any, false, true, null)),
        Shape.Contents => CheckList(path, value, Shape.Object) ?? (value.GetArrayLength() is 0 ? new Fault(path, "is required and missing") : (Fault?)null)
            ?? CheckEach(path, value, new Element("attachment", Shape.Object, true, false, null)),
        _ => null,
    };

    static Fault? CheckConcept(string path, JsonElement concept)
    {
        if (concept.Child("coding") is { } coding && CheckList($"{path}.coding", coding, Shape.Object) is { } fault) return fault;
        return concept.Child("text") is { ValueKind: not JsonValueKind.String } ? new Fault($"{path}.text", "must be a string") : null;
    }

    static Fault? CheckPeriod(string path, JsonElement period)
    {
        foreach (var end in (string[])["start", "end"])
            if (period.Child(end) is { } date && FhirDate.Parse(date.AsText()) is null) return new($"{path}.{end}", "is not a FHIR date");
        return null;
    }

    static Fault? CheckList(string path, JsonElement list, Shape item)
    {
        if (list.ValueKind is not JsonValueKind.Array) return new(path, "must be a list");
        var number = 0;
        foreach (var entry in list.EnumerateArray())
            if (Check($"{path}[{number++}]", entry, item, null) is { } fault) return fault;
        return null;
    }

    static Fault? CheckEach(string path, JsonElement list, params ReadOnlySpan<Element> elements)
    {
        var number = 0;
        foreach (var entry in list.EnumerateArray())
        {
            foreach (var element in elements)
                if (Check($"{path}[{number}]", entry, element) is { } fault) return fault;
            number++;
        }
        return null;
    }

    /// <summary>hl7.org/fhir/R4/datatypes.html#id</summary>
    static bool IsId(string id) => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');
}

enum Shape { Any, Code, String, Boolean, Number, DateTime, Object, Concept, Reference, Period, Quantity, Objects, Concepts, References, Codes, Components, Contents }

/// <param name="IsChoice">Stands for value[x] and its like: any property that begins with the name.</param>
/// <param name="Codes">The codes of a required binding.</param>
readonly record struct Element(string Name, Shape Shape, bool IsRequired, bool IsChoice, string[]? Codes);
