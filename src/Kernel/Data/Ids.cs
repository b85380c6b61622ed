using System.Security.Cryptography;

namespace PatientPortal.Kernel.Data;

/// <summary>Ids are UUIDv7: unguessable enough for a URL, and new rows lie beside each other in an index.</summary>
public static class Ids
{
    public static Guid New(TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow());

    /// <summary>An id that is always the same for the same text: for things that must not exist twice.</summary>
    public static Guid Of(string text) =>
        new(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
}

/// <summary>Codes that a person reads aloud or types.</summary>
public static class Codes
{
    // Without 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what is misheard or misread.
    const string Letters = "34679ACDEFGHJKMNPQRTWXY";

    /// <summary>A random code; each letter carries 4.5 bits.</summary>
    public static string Readable(int length) => RandomNumberGenerator.GetString(Letters, length);

    /// <summary>As a person may type it: any case, with blanks and hyphens.</summary>
    public static string Clean(string typed) =>
        string.Concat(typed.Where(c => !char.IsWhiteSpace(c) && c is not '-')).ToUpperInvariant();
}
