using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>Gives and ends grants, and says so to the other modules. Nothing is saved here: the caller's save does.</summary>
sealed class Grants(IdentityDb db, AgeTiers tiers, TimeProvider clock)
{
    public async Task<IReadOnlyList<string>> Open(Grant grant, Patient patient, CancellationToken ct) =>
        Open(grant, patient, await tiers.Current(ct), clock.GetUtcNow());

    public static IReadOnlyList<string> Open(Grant grant, Patient patient, IReadOnlyList<AgeTier> tiers, DateTimeOffset now) =>
        grant.IsLive(now) && grant.RestsSince is null
            ? ProxyPolicy.Opens(grant.Basis, grant.Scopes, patient.IsDeceased, patient.ConflictAt is not null, Ages.On(patient.BirthDate, Zones.Date(now, patient.TimeZone)), tiers)
            : [];

    /// <summary>Adds a grant and announces it. One that is over but for its row makes room for it.</summary>
    public async Task Give(Grant grant, Patient patient, Account account, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var over in await db.Grants.Where(g => g.PatientId == patient.Id && g.AccountId == account.Id && g.RevokedAt == null && g.EndsAt != null && g.EndsAt <= now).ToListAsync(ct))
            End(over, null, "end_date");
        db.Add(grant);
        Tell(grant, account, await Open(grant, patient, ct));
    }

    public void End(Grant grant, Guid? by, string because)
    {
        grant.Revoke(by, because, clock.GetUtcNow());
        db.Announce(new ProxyRevoked(grant.Id, grant.PatientId, grant.AccountId), grant.PatientId);
    }

    /// <summary>Whoever acts for the patient gives it up themselves; the patient hears of it, at the address of their own account.</summary>
    public async Task GiveUp(Grant grant, CancellationToken ct)
    {
        End(grant, grant.AccountId, "proxy");
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.PatientId == grant.PatientId && a.ClosedAt == null && a.DisabledAt == null, ct) is { } own)
            db.Announce(new AccountSecurityChanged(own.Id, own.Name, own.Email, own.Language, "access_given_up"), grant.PatientId);
    }

    /// <summary>Tells the other modules what a grant opens now, if they were told something else before.</summary>
    /// <returns>Whether there was something to tell.</returns>
    public bool Tell(Grant grant, Account account, IReadOnlyList<string> open)
    {
        var written = string.Join(',', open);
        if (grant.Told == written) return false;
        grant.Told = written;
        db.Announce(new ProxyGranted(grant.Id, grant.PatientId, grant.AccountId, account.Name, grant.Relation, account.Email, account.Language, open), grant.PatientId);
        return true;
    }

    /// <summary>After something changed about the patient (a conflict, a death): tells of each of their grants what it opens now.</summary>
    public async Task TellAll(Patient patient, CancellationToken ct)
    {
        var (current, now) = (await tiers.Current(ct), clock.GetUtcNow());
        var grants = await (from g in db.Grants join a in db.Accounts on g.AccountId equals a.Id where g.PatientId == patient.Id && g.RevokedAt == null select new { g, a }).ToListAsync(ct);
        foreach (var each in grants) Tell(each.g, each.a, Open(each.g, patient, current, now));
    }
}
