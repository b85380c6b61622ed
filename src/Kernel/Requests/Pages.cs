using System.Buffers.Binary;
using System.Buffers.Text;

namespace PatientPortal.Kernel.Requests;

/// <summary>One page of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How much of a list is asked for. Bind with <c>[AsParameters]</c>.</summary>
public sealed record PageAsk
{
    public const int Most = 100, Usual = 20;

    /// <summary>1 to 100; 20 when not given. What lies outside is brought inside.</summary>
    public int? Limit { get; init; }

    /// <summary>From the last answer's <c>next</c>.</summary>
    public string? Cursor { get; init; }

    public static PageAsk Of(int? limit, string? cursor = null) => new() { Limit = limit, Cursor = cursor };

    public int Take => Math.Clamp(Limit ?? Usual, 1, Most);
}

/// <summary>A place in a list ordered by instant and id: nothing is lost or shown twice when rows come in between.</summary>
public static class Cursor
{
    public static string Write(DateTimeOffset at, Guid id)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Data.Instants.Write(at));
        id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>False when the text is not a cursor that <see cref="Write(DateTimeOffset, Guid)"/> made.</summary>
    public static bool TryRead(string? text, out DateTimeOffset at, out Guid id)
    {
        (at, id) = (default, default);
        Span<byte> bytes = stackalloc byte[24];
        if (text is not { Length: 32 } || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var n) || n != 24) return false;
        var micros = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (micros is < -62_135_596_800_000_000 or > 253_402_300_799_999_999) return false;
        (at, id) = (Data.Instants.Read(micros), new Guid(bytes[8..], bigEndian: true));
        return true;
    }

    /// <summary>The refusal for a cursor that can't be read.</summary>
    public static Refusal Bad => Outcome.Invalid("cursor", "This is not a cursor from an earlier answer.");
}
