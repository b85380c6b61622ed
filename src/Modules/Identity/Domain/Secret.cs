using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace PatientPortal.Identity.Domain;

/// <summary>
/// A secret that the portal hands out once and then only recognises: 256 random bits as base64url, kept as their SHA-256.
/// A plain hash is enough, since nobody guesses 256 bits; passwords, which people choose, go through <see cref="PasswordRules"/> and a slow hash.
/// </summary>
static class Secret
{
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>What a person types from paper: case, spaces and dashes don't matter.</summary>
    public static byte[] HashTyped(string code) => Hash(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant());
}
