using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>The password, and a case that has waited: what both steps ask for.</summary>
sealed class RecoveryGate(IdentityDb db, Passwords passwords, Failures failures, AccountTrail trail, TimeProvider clock)
{
    public static readonly Refusal None = Outcome.Refused("no_recovery", "There is no recovery of this account that can be finished now.", "The clinic opens one after checking who you are; the mail about it says from when on it works.");
    static readonly Refusal Wrong = Outcome.Unauthorized("invalid_credentials", "The user name, password or code did not match. Please try again.");

    public async Task<Outcome<(Account Account, RecoveryCase Case)>> Pass(string? username, string? password, int? provenFor, CancellationToken ct)
    {
        var name = LoginName.Key(username);
        if (await failures.Hold(name, ct) is { } hold) return hold;
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.UserNameKey == name, ct);
        var matches = provenFor is { } version && account?.Version == version && password is null;
        if (!matches && (await passwords.Verify(account?.PasswordHash, password ?? "", ct)).Refused(out var full, out matches)) return full;
        if (!matches || account is null || account.DisabledAt is not null)
        {
            await failures.Count(name, ct);
            await trail.Write(account, "account recovery", "Tried to finish a recovery", "invalid_credentials", ct);
            return Wrong;
        }
        var now = clock.GetUtcNow();
        return await db.RecoveryCases.AsNoTracking().SingleOrDefaultAsync(c => c.OpenFor == account.Id && c.DueAt <= now && c.ExpiresAt > now, ct) is { } recovery ? (account, recovery) : None;
    }
}
