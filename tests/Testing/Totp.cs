using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace PatientPortal.Testing;

/// <summary>The one-time codes of the synthetic staff (RFC 6238, secret JBSWY3DPEHPK3PXP), written apart from the portal's own.</summary>
public static class Totp
{
    static readonly byte[] Secret = "Hello!\u00de\u00ad\u00be\u00ef".Select(c => (byte)c).ToArray();

    public static string Now(TimeProvider clock) => At(clock.GetUtcNow().ToUnixTimeSeconds() / 30);

    public static string At(long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(Secret, counter);
        var offset = hash[^1] & 15;
        return ((BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(offset)) & int.MaxValue) % 1_000_000).ToString("000000", CultureInfo.InvariantCulture);
    }
}
