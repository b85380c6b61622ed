using System.Buffers.Binary;
using System.Buffers.Text;

namespace PatientPortal.Scheduling.Domain;

/// <summary>
/// A time that can be taken. It is not a row: the hours offer it, and it is open while no live appointment overlaps it.
/// Start and end carry the offset of the location's zone.
/// </summary>
internal sealed record Slot(VisitType VisitType, Provider Provider, Location Location, DateTimeOffset Start, DateTimeOffset End)
{
    public string Id => SlotId.Write(new(Provider.Number, Location.Number, VisitType.Number, Start));
}

/// <summary>
/// What a slot's id says: who, where, what and when, in fourteen characters. It grants nothing: each use is checked
/// against the hours of that moment, so an id that was made up or has gone stale is refused.
/// </summary>
internal readonly record struct SlotId(int Provider, int Location, int VisitType, DateTimeOffset Start)
{
    const int Bytes = 10, Characters = 14;

    public static string Write(SlotId id)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, checked((uint)(id.Start.ToUnixTimeSeconds() / 60)));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], checked((ushort)id.Provider));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], checked((ushort)id.Location));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[8..], checked((ushort)id.VisitType));
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryRead(string? text, out SlotId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (text?.Length is not Characters || !Base64Url.IsValid(text) ||
            !Base64Url.TryDecodeFromChars(text, bytes, out var read) || read is not Bytes) return false;
        id = new(
            BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]),
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(bytes) * 60L));
        return Write(id) == text;   // the last character has spare bits: one slot, one id
    }
}
