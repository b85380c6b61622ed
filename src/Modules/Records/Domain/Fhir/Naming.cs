using System.Text.Json;
using System.Text.Json.Nodes;

namespace PatientPortal.Records.Domain.Fhir;

/// <summary>Somebody or some place that a resource names by reference only.</summary>
/// <param name="Type">Practitioner, Organization...; null where the reference does not say ("urn:uuid:...").</param>
readonly record struct Named(string? Type, string Id);

/// <summary>
/// Many systems refer to clinicians and places without repeating their names. These are the references a reader should see a name for, and how
/// the names are put in before a resource is turned into lines: what is stored stays as it arrived.
/// </summary>
static class Naming
{
    /// <summary>The types that carry a name people read.</summary>
    public static readonly IReadOnlySet<string> Types = new HashSet<string> { "Practitioner", "PractitionerRole", "Organization", "Location" };

    /// <summary>Where FHIR puts who did it and where. Others ("subject", "encounter", "result") name no one new to the reader.</summary>
    static readonly HashSet<string> Elements =
        ["performer", "resultsInterpreter", "actor", "author", "individual", "location", "serviceProvider", "member", "onBehalfOf", "expressedBy"];

    /// <summary>The references of a resource that have no words of their own.</summary>
    public static IEnumerable<Named> Missing(JsonElement element, string name = "")
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                    foreach (var found in Missing(item, name)) yield return found;
                break;
            case JsonValueKind.Object:
                if (Elements.Contains(name) && element.Text("display") is null && Who(element) is { } who) yield return who;
                foreach (var member in element.EnumerateObject())
                    if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                        foreach (var found in Missing(member.Value, member.Name)) yield return found;
                break;
        }
    }

    static Named? Who(JsonElement reference) =>
        Reference.From(reference) is { } to && (to.Type is null || Types.Contains(to.Type)) ? new(to.Type, to.Id) : null;

    /// <summary>The resource with the names that are known.</summary>
    public static JsonDocument Filled(JsonElement resource, Func<Named, string?> nameOf)
    {
        var root = JsonNode.Parse(resource.GetRawText())!;
        Fill(root, "", nameOf);
        return JsonSerializer.SerializeToDocument(root);
    }

    static void Fill(JsonNode? node, string name, Func<Named, string?> nameOf)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Fill(item, name, nameOf);
        }
        else if (node is JsonObject thing)
        {
            if (Elements.Contains(name) && thing["display"] is null && thing["reference"] is JsonValue value && value.TryGetValue<string>(out var text)
                && Reference.Parse(text) is { } to && (to.Type is null || Types.Contains(to.Type)) && nameOf(new(to.Type, to.Id)) is { } known)
                thing["display"] = known;
            foreach (var (member, child) in thing.ToList()) Fill(child, member, nameOf);
        }
    }

    /// <summary>How one of <see cref="Types"/> is called; null when it does not say.</summary>
    public static string? NameOf(JsonElement resource) => resource.Text("resourceType") switch
    {
        "Practitioner" => resource.Each("name").Select(HumanName).FirstOrDefault(n => n is not null),
        "PractitionerRole" => resource.Child("practitioner")?.Text("display") ?? resource.Child("organization")?.Text("display"),
        "Organization" or "Location" => resource.Text("name"),
        _ => null,
    };

    static string? HumanName(JsonElement name)
    {
        if (name.Text("text") is { } said) return said;
        var parts = name.Each("prefix").Concat(name.Each("given")).Select(p => p.AsText()).Append(name.Text("family")).OfType<string>().ToList();
        var suffix = string.Join(", ", name.Each("suffix").Select(s => s.AsText()).OfType<string>());
        return parts.Count is 0 ? null : string.Join(' ', parts) + (suffix.Length > 0 ? ", " + suffix : "");
    }
}
