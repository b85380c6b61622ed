using System.Buffers.Binary;

namespace PatientPortal.Synthetic;

/// <summary>A small seeded generator (SplitMix64): the same seed tells the same story on every machine.</summary>
internal struct Seed(ulong state)
{
    ulong state = state;

    public static Seed Of(string kind, int a, int b = 0) => new(Mix(Hash(kind) ^ ((ulong)(uint)a << 32 | (uint)b)));

    public ulong Next() => Mix(state += 0x9E3779B97F4A7C15);

    public int Below(int bound) => (int)(Next() % (uint)bound);

    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A value near the mean: three uniform draws added, so that far outliers do not happen.</summary>
    public double Around(double mean, double spread) => mean + (Unit() + Unit() + Unit() - 1.5) * spread;

    public bool Chance(double of) => Unit() < of;

    public T Of<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    internal static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>Ids that are the same every day, shaped like UUIDv7 so that they sort like the portal's own.</summary>
internal static class StableId
{
    const long Epoch = 1_577_836_800_000; // 2020-01-01, before anything the portal itself creates

    public static Guid Of(string kind, int a, int b = 0)
    {
        var seed = Seed.Of(kind, a, b);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, (Epoch + a * 1000L + b) << 16);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (seed.Next() & 0x0FFF)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (seed.Next() & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000);
        return new Guid(bytes, bigEndian: true);
    }
}
