using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.Jobs.KeepAccounts;

/// <summary>
/// Gives accounts from before their address's fingerprint, by which a forgotten user name is found; two hundred at a time, and nothing once all have one. Whatever
/// changes the account meanwhile wins: the next run finds it again.
/// </summary>
[Job("keep-accounts", EverySeconds = 300, Says = "Makes accounts findable by their e-mail address")]
sealed class KeepAccounts(IdentityDb db) : IJob
{
    const int AtOnce = 200;

    public async Task<string> Run(CancellationToken ct)
    {
        var (after, done) = (Guid.Empty, 0);
        while (true)
        {
            db.ChangeTracker.Clear();
            var part = await db.Accounts.Where(a => a.EmailPrint == null && a.Id > after).OrderBy(a => a.Id).Take(AtOnce).ToListAsync(ct);
            if (part.Count > 0)
            {
                // The print follows the address at every save (IdentityDb.Follow); marking it is enough.
                foreach (var account in part) db.Entry(account).Property(a => a.EmailPrint).IsModified = true;
                if (await db.TrySave(null, ct) is Saved.Done) done += part.Count;
            }
            if (part.Count < AtOnce) return done is 0 ? "All accounts are findable." : $"Made {done} accounts findable.";
            after = part[^1].Id;
        }
    }
}
