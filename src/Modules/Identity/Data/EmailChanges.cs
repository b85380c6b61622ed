using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>An account's address, changed in all places that know it. Nothing is saved here: the caller's save does.</summary>
sealed class EmailChanges(IdentityDb db, TimeProvider clock)
{
    /// <summary>Used, replaced, withdrawn, stopped, expired, never there: the same words.</summary>
    public static readonly Refusal Dead = Outcome.Refused("link_refused", "This link has been used, replaced or withdrawn, or it is too old.", "Sign in and look at your account, or call the clinic.");

    /// <summary>The account is reached there from now on, and so is its chart; links that were sent to the address before are dead.</summary>
    public async Task Set(Account account, string email, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        account.Email = email;
        foreach (var reset in await db.PasswordResets.Where(r => r.AccountId == account.Id && r.UsedAt == null && r.ExpiresAt > now).ToListAsync(ct)) reset.UsedAt = now;
        db.Announce(new AccountReached(account.Id, email, account.Language), account.Id);
        if (account.PatientId is not { } own || await db.Patients.SingleOrDefaultAsync(p => p.Id == own, ct) is not { } patient) return;
        (patient.Email, patient.ChangedAt) = (email, now);
        db.Announce(new ContactChanged(patient.Id, patient.Name, patient.BirthDate, patient.Sex, patient.Email, patient.Phone, patient.TimeZone, patient.Language), patient.Id);
    }

    /// <summary>Where an account is and was reached: its own address, its chart's, and those before of the last 30 days.</summary>
    public async Task<IReadOnlyList<string>> Channels(Account account, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - RecoveryCase.OldAddresses;
        var chart = await db.Patients.AsNoTracking().Where(p => p.Id == account.PatientId).Select(p => p.Email).SingleOrDefaultAsync(ct);
        var before = await db.EmailChanges.AsNoTracking().Where(c => c.AccountId == account.Id && c.ConfirmedAt > since).Select(c => c.From).ToListAsync(ct);
        return [.. new[] { account.Email, chart }.Concat(before).OfType<string>().Where(MailAddress.IsWellFormed).DistinctBy(MailAddress.Key)];
    }
}
