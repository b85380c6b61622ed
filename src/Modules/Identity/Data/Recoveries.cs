using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>What stops a recovery, the same from a mail and from an open session.</summary>
sealed class Recoveries(IdentityDb db, EmailChanges channels, TimeProvider clock)
{
    /// <summary>Ends a case that may still be used, and tells the account everywhere. False when somebody was faster: used, stopped, withdrawn, expired.</summary>
    public Task<Outcome<Done>> Stop(RecoveryCase recovery, Account account, Refusal dead, CancellationToken ct) => db.InTransaction<Outcome<Done>>(async () =>
    {
        var now = clock.GetUtcNow();
        if (await db.RecoveryCases.Where(c => c.Id == recovery.Id && c.OpenFor != null && c.ExpiresAt > now).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.StoppedAt, now).SetProperty(c => c.OpenFor, (Guid?)null).SetProperty(c => c.Version, c => c.Version + 1), ct) is 0) return dead;
        foreach (var email in await channels.Channels(account, ct))
            db.Announce(new AccountSecurityChanged(account.Id, account.Name, email, account.Language, "recovery_stopped"), account.Id);
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : dead;
    }, ct);
}
