using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatientPortal.Kernel.Web;

/// <summary>Text of a body as it is, but for a zero character: no keyboard enters one, and PostgreSQL takes none in a text.</summary>
/// <exception cref="JsonException">The text holds one; the answer is 400.</exception>
public sealed class TextWithoutZeros : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is not JsonTokenType.String ? throw new JsonException("Not a text.")
        : reader.GetString() is { } text && !text.Contains('\0') ? text : throw new JsonException("The text holds a zero character.");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
