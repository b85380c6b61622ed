namespace PatientPortal.Crashes;

/// <summary>One seed, one run: when it is killed, and how deeds are called (SplitMix64).</summary>
internal sealed class Seeded(ulong seed)
{
    readonly Lock gate = new();
    ulong state = seed;

    public ulong Next()
    {
        lock (gate)
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    public string Key() => $"crash-{Next():x16}";
}
