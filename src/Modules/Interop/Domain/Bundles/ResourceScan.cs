using System.Text.Json;

namespace PatientPortal.Interop.Domain.Bundles;

/// <summary>
/// Reads over one resource: its bounds, depth and soundness, and the few elements that routing needs. They are noted on
/// the way and read at the end, because which of them counts depends on "resourceType", which may come last.
/// </summary>
internal sealed class ResourceScan
{
    readonly HashSet<string> seen = [];
    readonly List<(string Name, int Start, int End)> noted = [];

    /// <param name="reader">Stands on the resource's opening brace.</param>
    /// <param name="content">All that arrived.</param>
    /// <param name="offset">Where the reader's bytes begin in it.</param>
    /// <param name="entry">Filled with what is found.</param>
    public void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> content, int offset, Entry entry)
    {
        seen.Clear();
        noted.Clear();
        entry.Start = Json.Start(reader, offset);
        var outside = reader.CurrentDepth;
        var (deepest, isUnicode, twice) = (1, true, (string?)null);
        while (Json.Next(ref reader) && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = Json.IsUnicode(reader) ? reader.GetString()! : null;
            isUnicode &= name is not null;
            if (name is not null && !seen.Add(name)) twice ??= name;
            Json.Next(ref reader);
            var start = Json.Start(reader, offset);
            var depth = reader.CurrentDepth;
            while (true)
            {
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String) isUnicode = isUnicode && Json.IsUnicode(reader);
                var opens = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                if (opens) deepest = Math.Max(deepest, reader.CurrentDepth + 1 - outside);
                else if (reader.CurrentDepth == depth) break;
                Json.Next(ref reader);
            }
            if (name is not null && twice is null && IsWanted(name)) noted.Add((name, start, offset + (int)reader.BytesConsumed));
        }
        entry.Length = offset + (int)reader.BytesConsumed - entry.Start;

        var type = Text(content, "resourceType");
        if (type is not null && ResourceTypes.Exists(type)) entry.Type = type;
        if (Text(content, "id") is { } id && Link.IsId(id)) entry.Id = id;

        var of = entry.Type is "unknown" ? entry.Place + ".resource" : entry.Type;
        if (!isUnicode) entry.Quarantine(of, "It holds text that is not Unicode (half a character, or U+0000).");
        else if (twice is not null) entry.Quarantine(Element(of, twice), "This element stands in the resource twice, so readers may disagree about it.");
        else if (deepest > InteropLimits.Depth) entry.Quarantine(of, $"It is nested {deepest} levels deep; more than {InteropLimits.Depth} are not read.");
        else if (entry.Length > InteropLimits.ResourceBytes) entry.Quarantine(of, $"It is larger than {InteropLimits.ResourceBytes / 1024 / 1024} MB.");
        else if (entry.Type is "unknown") entry.Quarantine(of + ".resourceType", type is null ? "It does not say which resource it is." : "This is not a resource of FHIR R4 (4.0.1).");
        else Describe(content, entry, entry.Type);
    }

    static bool IsWanted(string name) => name is "resourceType" or "id" or "identifier" or "subject" or "patient" or "beneficiary"
        or "individual" or "candidate" or "for" or "target" or "actor" or "participant" or "medicationReference";

    // A name that is not an element's is the sender's text: it is not repeated.
    static string Element(string of, string name) => name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_') ? $"{of}.{name}" : of;

    void Describe(ReadOnlySpan<byte> content, Entry entry, string type)
    {
        if (entry.Id is null && !Value(content, "id").IsEmpty) entry.Quarantine($"{type}.id", "An id has 1 to 64 letters, digits, hyphens and dots.");
        if (type is "Bundle") entry.Quarantine(entry.Place + ".resource", "A bundle inside a bundle is not opened. Import it by itself.");

        if (ResourceTypes.PatientOf(type) is { } owner)
        {
            entry.PatientElement = owner.Path(type);
            if (Value(content, owner.Name) is { IsEmpty: false } value && !Pointers.Read(value, owner.Inner, entry.Patients))
                entry.Quarantine(entry.PatientElement, "This is not a reference.");
        }
        if (type is "MedicationRequest" or "MedicationDispense" && Value(content, "medicationReference") is { IsEmpty: false } medication)
            Pointers.Read(medication, null, entry.Medications);
        if (type is "Patient" or "Medication" && Value(content, "identifier") is { IsEmpty: false } identifiers
            && !Pointers.ReadIdentifiers(identifiers, entry.Identifiers))
            entry.Quarantine($"{type}.identifier", "This is not a list of identifiers.");
    }

    ReadOnlySpan<byte> Value(ReadOnlySpan<byte> content, string name)
    {
        foreach (var (noted, start, end) in this.noted)
            if (noted == name) return content[start..end];
        return default;
    }

    string? Text(ReadOnlySpan<byte> content, string name)
    {
        var value = Value(content, name);
        if (value.IsEmpty) return null;
        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = int.MaxValue });
        return reader.Read() && reader.TokenType is JsonTokenType.String && Json.IsUnicode(reader) ? reader.GetString() : null;
    }
}
