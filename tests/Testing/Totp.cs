using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace PatientPortal.Testing;

/// <summary>The one-time codes of the synthetic staff (RFC 6238, secret JBSWY3DPEHPK3PXP), written apart from the portal's own.</summary>
public static class Totp
{
    static readonly byte[] Secret = "Hello!\u00de\u00ad\u00be\u00ef".Select(c => (byte)c).ToArray();

    public static string Now(TimeProvider clock) => At(clock.GetUtcNow().ToUnixTimeSeconds() / 30);

    /// <param name="secret">As an app is told it: base32, blanks between.</param>
    public static string Now(TimeProvider clock, string secret)
    {
        var bits = string.Concat(secret.Where(char.IsLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return At(clock.GetUtcNow().ToUnixTimeSeconds() / 30, [.. bits.Chunk(8).Where(b => b.Length is 8).Select(b => Convert.ToByte(new string(b), 2))]);
    }

    public static string At(long step) => At(step, Secret);

    static string At(long step, byte[] secret)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(secret, counter);
        var offset = hash[^1] & 15;
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & int.MaxValue) % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
