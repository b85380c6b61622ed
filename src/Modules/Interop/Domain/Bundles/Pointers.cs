using System.Text;
using System.Text.Json;

namespace PatientPortal.Interop.Domain.Bundles;

/// <summary>Reads References and Identifiers out of one element's value.</summary>
internal static class Pointers
{
    /// <summary>Adds the references of an element: a Reference, a list of them, or a list of structures with one inside.</summary>
    /// <returns>False when it is something else.</returns>
    public static bool Read(ReadOnlySpan<byte> value, string? inner, List<Pointer> into)
    {
        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartObject) return One(ref reader, inner, into);
        if (reader.TokenType is not JsonTokenType.StartArray) return false;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
            if (reader.TokenType is not JsonTokenType.StartObject || !One(ref reader, inner, into)) return false;
        return true;
    }

    /// <summary>Adds the identifiers that have a value.</summary>
    /// <returns>False when it is not a list of structures.</returns>
    public static bool ReadIdentifiers(ReadOnlySpan<byte> value, List<Identifier> into)
    {
        var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartArray) return false;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject) return false;
            if (OneIdentifier(ref reader) is { } found) into.Add(found);
        }
        return true;
    }

    static bool One(ref Utf8JsonReader reader, string? inner, List<Pointer> into)
    {
        if (inner is null) return Reference(ref reader, into);
        var sound = true;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isIt = Json.Is(reader, Encoding.UTF8.GetBytes(inner));
            reader.Read();
            if (isIt) sound &= reader.TokenType is JsonTokenType.StartObject && Reference(ref reader, into);
            if (!isIt || reader.TokenType is JsonTokenType.StartArray) Json.Pass(ref reader);
        }
        return sound;
    }

    static bool Reference(ref Utf8JsonReader reader, List<Pointer> into)
    {
        var (sound, names, reference, type, identifier) = (true, 0, (string?)null, (string?)null, (Identifier?)null);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Json.Is(reader, "reference"u8)) { sound &= names++ == 0; reference = Json.Text(ref reader); sound &= reference is not null; }
            else if (Json.Is(reader, "type"u8)) type = Json.Text(ref reader);
            else if (Json.Is(reader, "identifier"u8))
            {
                reader.Read();
                if (reader.TokenType is JsonTokenType.StartObject) identifier = OneIdentifier(ref reader);
                else Json.Pass(ref reader);
            }
            else { reader.Read(); Json.Pass(ref reader); }
        }
        into.Add(new Pointer(reference, type, identifier));
        return sound;
    }

    static Identifier? OneIdentifier(ref Utf8JsonReader reader)
    {
        var (system, value) = ("", (string?)null);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (Json.Is(reader, "system"u8)) system = Json.Text(ref reader) ?? "";
            else if (Json.Is(reader, "value"u8)) value = Json.Text(ref reader);
            else { reader.Read(); Json.Pass(ref reader); }
        }
        return value is null ? null : new Identifier(system, value);
    }
}
