using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Jobs.TidySignIns;

/// <summary>Removes what signing in leaves behind. What happened stays in the audit trail.</summary>
[Job("tidy-sign-ins", DailyAt = "03:20", Says = "Removes sessions, links and failed tries that are long over")]
sealed class TidySignIns(IdentityDb db, TimeProvider clock) : IJob
{
    static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public async Task<string> Run(CancellationToken ct)
    {
        var (now, old) = (clock.GetUtcNow(), clock.GetUtcNow() - Kept);
        var unused = now - IdentityLimits.DeviceKept;
        var removed = await db.InTransaction(async () =>
            await db.Sessions.Where(s => s.ExpiresAt < old).ExecuteDeleteAsync(ct)
            + await db.PasswordResets.Where(r => r.ExpiresAt < old).ExecuteDeleteAsync(ct)
            // Those that wait stay, however old: somebody was promised a call.
            + await db.SignUps.Where(s => s.AskedAt < old && s.State != SignUpState.Waiting).ExecuteDeleteAsync(ct)
            + await db.Devices.Where(d => d.LastUsedAt < unused).ExecuteDeleteAsync(ct)
            + await db.UserNameMails.Where(m => m.SentAt < old).ExecuteDeleteAsync(ct)
            + await db.SpentChallenges.Where(c => c.SpentAt < old).ExecuteDeleteAsync(ct)
            // A name still held back keeps its row, however old the failures are.
            + await db.SignInTries.Where(t => t.LastFailedAt < old && (t.WaitUntil == null || t.WaitUntil < now)).ExecuteDeleteAsync(ct), ct);
        return $"Removed {removed} rows older than {Kept.TotalDays:0} days.";
    }
}
