using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>Makes a patient's own account, once whoever asks has shown that the chart is theirs.</summary>
sealed class NewAccounts(IdentityDb db, TimeProvider clock)
{
    public static Refusal NameTaken => Outcome.Invalid("username", "Somebody has this user name already. Please choose another.");

    /// <summary>A new one; or the one that its owner closed, opened again as what it was: its id and its user name are nobody else's.</summary>
    public async Task<Account> For(Patient patient, string userName, string email, string passwordHash, CancellationToken ct)
    {
        var anew = new Account
        {
            Id = Ids.New(clock), Kind = AccountKind.Patient, UserName = userName.Trim(), UserNameKey = LoginName.Key(userName), Name = patient.Name,
            Email = email.Trim(), PasswordHash = passwordHash, PatientId = patient.Id, Language = patient.Language, CreatedAt = clock.GetUtcNow(),
        };
        return await db.Accounts.SingleOrDefaultAsync(a => a.PatientId == patient.Id && a.ClosedAt != null, ct) is { } closed ? closed.OpenedAgain(anew) : anew;
    }

    /// <summary>Adds it and tells the others; part of the caller's transaction.</summary>
    /// <param name="dead">What is said when the chart has an account, or <paramref name="spend"/> finds that what opened it is used up.</param>
    public async Task<Outcome<T>> Open<T>(Account account, Patient patient, T answer, Refusal dead, Func<Task<bool>> spend, CancellationToken ct)
    {
        // Read anew: the chart may have been joined to another a moment ago.
        if (await db.Patients.AnyAsync(p => p.Id == patient.Id && p.MergedIntoId != null, ct)) return dead;
        if (await db.Accounts.AnyAsync(a => a.PatientId == patient.Id && a.ClosedAt == null, ct)) return dead;
        // Only who holds what opens the chart learns that a name is taken; it is still good after that.
        if (await db.Accounts.AnyAsync(a => a.UserNameKey == account.UserNameKey && a.Id != account.Id, ct)) return NameTaken;
        if (!await spend()) return dead;
        (patient.Email, patient.ChangedAt) = (account.Email, clock.GetUtcNow());
        if (db.Entry(account).State is EntityState.Detached) db.Add(account);
        db.Announce(new AccountActivated(account.Id, patient.Id, account.Name, account.Email), patient.Id);
        db.Announce(new ContactChanged(patient.Id, patient.Name, patient.BirthDate, patient.Sex, patient.Email, patient.Phone, patient.TimeZone, patient.Language), patient.Id);
        db.Announce(new AccountSecurityChanged(account.Id, account.Name, account.Email, account.Language, "account_activated"), patient.Id);
        return await db.TrySave(answer, ct) is Saved.Done ? answer : NameTaken;
    }
}
