namespace PatientPortal.Interop.Domain;

/// <summary>The numbers of this module, each with its reason.</summary>
internal static class InteropLimits
{
    /// <summary>The largest body taken, in bytes. A chart of decades with notes inside is 5 to 20 MB; the whole stands in memory once.</summary>
    public const int Bytes = 64 * 1024 * 1024;

    /// <summary>The largest single resource, in bytes: it travels as one event and is sealed as one column.</summary>
    public const int ResourceBytes = 16 * 1024 * 1024;

    /// <summary>How deep a resource may nest, its own braces counted: what readers of JSON allow unless told otherwise.</summary>
    public const int Depth = 64;

    /// <summary>The most entries in one arrival: each is a row, and 64 MB could hold twenty million empty ones.</summary>
    public const int Entries = 100_000;

    /// <summary>Resources in one announcement: its taker's transaction stays short, so that other writers are not held up.</summary>
    public const int BatchResources = 200;

    /// <summary>Bytes in one announcement, a single larger resource excepted.</summary>
    public const int BatchBytes = 1024 * 1024;

    /// <summary>What arrived is sealed in pieces of this size, so that one resource can be read without opening the whole.</summary>
    public const int PartBytes = 64 * 1024;

    /// <summary>Rows written in one transaction while an arrival is stored.</summary>
    public const int RowsPerSave = 1000;

    /// <summary>How long an import's answer may take, reading and storing included, before it says "still running": clients give up after 100 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>An arrival that has not moved for so long needs a person.</summary>
    public static readonly TimeSpan Stuck = TimeSpan.FromMinutes(15);

    /// <summary>Quarantined resources listed in an import's own answer; the rest is on the report's pages.</summary>
    public const int QuarantineInAnswer = 1000;
}
