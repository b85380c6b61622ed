using System.Text;
using System.Text.RegularExpressions;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Identity.Domain;

/// <summary>Whether something can be an e-mail address. Whether mail arrives there is found out by sending some.</summary>
static partial class MailAddress
{
    public static bool IsWellFormed(string? address) => address is not null && Shape().IsMatch(address.Trim());

    /// <summary>As addresses are compared here: no mailbox that people use tells capitals apart.</summary>
    public static string Key(string address) => LoginName.Key(address);

    /// <summary>A keyed hash of <see cref="Key"/>: sealed addresses are found by it.</summary>
    public static byte[] PrintOf(string address, Vault vault) => vault.Fingerprinted(Encoding.UTF8.GetBytes(Key(address)), "identity_accounts.email_print");

    // No white space, no control characters, no comma or semicolon: nothing that could become a second header or recipient.
    [GeneratedRegex(@"^[^\s@,;<>""\p{C}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}\-]*\.)+[\p{L}\p{N}\-]{2,63}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Shape();
}
