using System.Text.RegularExpressions;

namespace PatientPortal.Identity.Tests;

/// <summary>What the tests of changed addresses and lost factors read in the mails.</summary>
static partial class AccountMail
{
    [GeneratedRegex("(/[a-z/-]+)#([A-Za-z0-9_-]{43})")]
    private static partial Regex Link();

    /// <summary>The mails to an address, newest last, as they read.</summary>
    public static async Task<IReadOnlyList<string>> MailsTo(this PortalApp app, string address)
    {
        await app.RunCourierAndPost();
        return [.. app.Mailbox().Select(Proxies.Plain).Where(m => m.Contains($"To: {address}", StringComparison.OrdinalIgnoreCase) || m.Contains($"<{address}>", StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>The secret of the newest link that leads to this page.</summary>
    public static async Task<string> LinkTo(this PortalApp app, string address, string page) =>
        (await app.MailsTo(address)).SelectMany(m => Link().Matches(m)).Last(m => m.Groups[1].Value.EndsWith(page, StringComparison.Ordinal)).Groups[2].Value;

    public static Task<string> EmailOf(this PortalApp app, string username) =>
        app.Inside(s => Task.FromResult(s.GetRequiredService<PatientPortal.Identity.Data.IdentityDb>().Accounts.Single(a => a.UserNameKey == username).Email));

    public static Task<Guid> AccountOf(this PortalApp app, string username) =>
        app.Inside(s => Task.FromResult(s.GetRequiredService<PatientPortal.Identity.Data.IdentityDb>().Accounts.Single(a => a.UserNameKey == username).Id));

    /// <summary>Whether anybody was mailed these words, at that address.</summary>
    public static async Task<bool> WasTold(this PortalApp app, string address, string words) => (await app.MailsTo(address)).Any(m => m.Contains(words, StringComparison.Ordinal));

    /// <summary>Waits out the cooling-off: whoever is signed in signs in anew.</summary>
    public static void Wait(this PortalApp app, TimeSpan time) => app.Clock.Advance(time);
}
