using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Hosting;
using PatientPortal.Identity.Domain;
using PatientPortal.Synthetic;

namespace PatientPortal.Identity.Data;

/// <summary>Carries "the password was right" from the sign-in page's first step to its second: sealed, for five minutes, without an account's id.</summary>
sealed class SecondStep(IDataProtectionProvider protection, IdentityDb db, IConfiguration settings, IHostEnvironment environment, TimeProvider clock)
{
    readonly IDataProtector seal = protection.CreateProtector("PatientPortal.Identity.SecondStep");

    public async Task<string> Issue(string userName, CancellationToken ct)
    {
        var key = LoginName.Key(userName);
        var version = await db.Accounts.Where(a => a.UserNameKey == key).Select(a => a.Version).SingleOrDefaultAsync(ct);
        return seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{(clock.GetUtcNow() + IdentityLimits.SecondStep).ToUnixTimeSeconds()}|{version}|{userName}"));
    }

    /// <summary>The user name whose password was right, and for which version of the account; null when the proof is not ours or too old.</summary>
    public (string UserName, int Version)? Read(string? ticket)
    {
        if (string.IsNullOrEmpty(ticket)) return null;
        try
        {
            var parts = seal.Unprotect(ticket).Split('|', 3);
            return long.Parse(parts[0], CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds() ? (parts[2], int.Parse(parts[1], CultureInfo.InvariantCulture)) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    /// <summary>The authenticator app that whoever holds this proof is setting up in the place of a lost one: its secret, what the QR code holds, and whether they are a patient.</summary>
    public async Task<(string Secret, string Address, bool Patient)?> Pending(string ticket, CancellationToken ct)
    {
        if (Read(ticket) is not var (name, version)) return null;
        var key = LoginName.Key(name);
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.UserNameKey == key && a.Version == version, ct);
        if (account?.PendingTotpSecret is not { } secret || account.PendingTotpUntil <= clock.GetUtcNow()) return null;
        var (clinic, title) = (Uri.EscapeDataString(PatientPortal.Ui.Clinic.Of(settings).Name), Uri.EscapeDataString(account.UserName));
        return (secret, $"otpauth://totp/{clinic}:{title}?secret={secret}&issuer={clinic}", account.Kind is AccountKind.Patient);
    }

    /// <summary>Whether the browser of whoever has this name may skip the code from now on: patients' may, staff's never.</summary>
    public Task<bool> MayRemember(string userName, CancellationToken ct)
    {
        var key = LoginName.Key(userName);
        return db.Accounts.AnyAsync(a => a.UserNameKey == key && a.Kind == AccountKind.Patient, ct);
    }

    /// <summary>Whether everybody here is invented, so that the page may show how to sign in.</summary>
    public bool IsSynthetic => !environment.IsProduction() && settings.GetValue("Portal:SyntheticClinic", environment.IsDevelopment());

    /// <summary>In the synthetic clinic, the code that an authenticator app would show (the next one, when the current was used already).</summary>
    public async Task<string?> ShownCode(string userName, CancellationToken ct)
    {
        if (!IsSynthetic) return null;
        var key = LoginName.Key(userName);
        return Shown(await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.UserNameKey == key, ct));
    }

    /// <summary>The same for somebody who is signed in.</summary>
    public async Task<string?> ShownCode(Guid account, CancellationToken ct) =>
        IsSynthetic ? Shown(await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == account, ct)) : null;

    string? Shown(Account? account) =>
        account?.TotpSecret is Cast.TotpSecret ? Totp.CodeAt(Cast.TotpSecret, Math.Max(Totp.StepAt(clock.GetUtcNow()), account.TotpStep + 1)) : null;
}
