using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace PatientPortal.Identity.Domain;

/// <summary>Time-based one-time passwords: RFC 6238 on RFC 4226, SHA-1, 6 digits, 30 seconds, one step of drift either way.</summary>
static class Totp
{
    const int StepSeconds = 30;
    const int Digits = 1_000_000;

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of one step. RFC 4226 section 5.3: dynamic truncation of the HMAC of the counter.</summary>
    public static string CodeAt(string base32Secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(Base32(base32Secret), counter, mac);
        var offset = mac[^1] & 0x0F;
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[offset..]) & int.MaxValue;
        return (number % Digits).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// The step whose code this is, or null. A step at or before <paramref name="lastStep"/> is refused: a code works once
    /// (RFC 6238 section 5.2), so whoever reads it over a shoulder is too late.
    /// </summary>
    public static long? Accept(string base32Secret, string? code, DateTimeOffset now, long lastStep)
    {
        var said = Encoding.ASCII.GetBytes(string.Concat((code ?? "").Where(c => !char.IsWhiteSpace(c))));
        var current = StepAt(now);
        long? accepted = null;
        for (var step = current - 1; step <= current + 1; step++)
        {
            var same = CryptographicOperations.FixedTimeEquals(said, Encoding.ASCII.GetBytes(CodeAt(base32Secret, step)));
            if (same && step > lastStep) accepted ??= step;
        }
        return accepted;
    }

    /// <summary>RFC 4648 base32, without padding, in either case.</summary>
    static byte[] Base32(string text)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bytes = new List<byte>(text.Length * 5 / 8);
        var (held, bits) = (0, 0);
        foreach (var letter in text.ToUpperInvariant())
        {
            if (letter is '=' or ' ') continue;
            var value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) throw new FormatException("A second factor's secret is base32.");
            held = (held << 5) | value;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(held >> bits));
            held &= (1 << bits) - 1;
        }
        return [.. bytes];
    }

    /// <summary>A new secret of 160 bits (RFC 4226 section 4, R6), in base32.</summary>
    public static string NewSecret()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        return RandomNumberGenerator.GetString(Alphabet, 32);
    }
}
