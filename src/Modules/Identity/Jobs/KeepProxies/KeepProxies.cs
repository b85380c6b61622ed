using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Jobs.KeepProxies;

/// <summary>
/// Makes lasting what the door decides at each request: ends parents' grants at the age of majority and others at their date, tells the other modules what age
/// has narrowed, and tells parents 90 and 30 days before. Midnight comes in every zone at another hour, so it runs all day; twice or at once, it acts once.
/// </summary>
[Job("keep-proxies", EverySeconds = 900, Says = "Ends and narrows what people may see for others at birthdays and end dates, and tells them before")]
sealed class KeepProxies(IdentityDb db, AgeTiers tiers, Grants grants, TimeProvider clock) : IJob
{
    const int AtOnce = 200;

    static readonly int[] DaysBefore = [90, 30];

    public async Task<string> Run(CancellationToken ct)
    {
        var (ended, narrowed, told) = (0, 0, 0);
        var current = await tiers.Current(ct);
        var after = Guid.Empty;
        while (true)
        {
            db.ChangeTracker.Clear();
            var now = clock.GetUtcNow();
            var ids = await db.Grants
                .Where(g => g.RevokedAt == null && g.Id > after && (g.EndsAt != null || g.Basis == LegalBasis.ParentalResponsibility || g.Basis == LegalBasis.Guardianship))
                .OrderBy(g => g.Id).Select(g => g.Id).Take(AtOnce).ToListAsync(ct);
            foreach (var id in ids)
            {
                db.ChangeTracker.Clear();
                switch (await Keep(id, current, now, ct))
                {
                    case Kept.Ended: ended++; break;
                    case Kept.Narrowed: narrowed++; break;
                    case Kept.Told: told++; break;
                }
            }
            if (ids.Count < AtOnce) return (ended, narrowed, told) is (0, 0, 0) ? "Nothing changed." : $"Ended {ended}, changed {narrowed}, told {told} people beforehand.";
            after = ids[^1];
        }
    }

    enum Kept { Nothing, Ended, Narrowed, Told }

    /// <summary>One grant in one transaction; whoever else has it at the same moment makes this one come to nothing.</summary>
    async Task<Kept> Keep(Guid id, IReadOnlyList<AgeTier> current, DateTimeOffset now, CancellationToken ct)
    {
        var grant = await db.Grants.SingleAsync(g => g.Id == id, ct);
        if (grant.RevokedAt is not null) return Kept.Nothing;
        var patient = await db.Patients.SingleAsync(p => p.Id == grant.PatientId, ct);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == grant.AccountId, ct);
        var today = Zones.Date(now, patient.TimeZone);
        var age = Ages.On(patient.BirthDate, today);

        Kept kept;
        if (grant.EndsAt <= now)
        {
            grants.End(grant, null, "end_date");
            kept = Kept.Ended;
        }
        else if (grant.Basis is LegalBasis.ParentalResponsibility && AgeTier.At(age, current).EndsParents)
        {
            grants.End(grant, null, "of_age");
            await ComesOfAge(patient, ct);
            kept = Kept.Ended;
        }
        else if (grants.Tell(grant, account, Grants.Open(grant, patient, current, now))) kept = Kept.Narrowed;
        else kept = await TellBefore(grant, patient, account, current, today, now, ct) ? Kept.Told : Kept.Nothing;
        return kept is not Kept.Nothing && await db.TrySave(null, ct) is Saved.Done ? kept : Kept.Nothing;
    }

    /// <summary>Once for each patient, whichever parent's grant ends first: the second finds the news told.</summary>
    async Task ComesOfAge(Patient patient, CancellationToken ct)
    {
        if (await db.Grants.AnyAsync(g => g.PatientId == patient.Id && g.RevokedBecause == "of_age", ct)) return;
        db.Announce(new CameOfAge(patient.Id), patient.Id);
        if (patient.IsDeceased || await db.Accounts.AnyAsync(a => a.PatientId == patient.Id && a.ClosedAt == null, ct)) return;
        if (!await db.ProxyConcerns.AnyAsync(c => c.Kind == ConcernKind.CameOfAge && c.SubjectId == patient.Id, ct))
            db.Add(new ProxyConcern { Id = Ids.New(clock), PatientId = patient.Id, Kind = ConcernKind.CameOfAge, SubjectId = patient.Id, FoundAt = clock.GetUtcNow() });
    }

    /// <summary>The latest notice that is due and was not given: after a week's outage nobody gets both at once.</summary>
    async Task<bool> TellBefore(Grant grant, Patient patient, Account account, IReadOnlyList<AgeTier> current, DateOnly today, DateTimeOffset now, CancellationToken ct)
    {
        if (patient.IsDeceased || account.DisabledAt is not null) return false;
        var granted = Grant.Read(grant.Scopes);
        foreach (var tier in current.Where(t => t.FromAge > Ages.On(patient.BirthDate, today)).OrderBy(t => t.FromAge))
        {
            if (tier.EndsParents && grant.Basis is LegalBasis.Guardianship || !tier.EndsParents && granted.All(Grant.Read(tier.ParentScopes).Contains)) continue;
            var on = Ages.Turns(patient.BirthDate, tier.FromAge);
            if (DaysBefore.Order().FirstOrDefault(days => today >= on.AddDays(-days)) is not (> 0 and var lead)) return false;
            var what = $"{tier.FromAge}-{lead}";
            if (await db.GrantNotices.AnyAsync(n => n.GrantId == grant.Id && n.What == what, ct)) return false;
            var notice = new GrantNotice { Id = Ids.New(clock), GrantId = grant.Id, What = what, At = now };
            db.Add(notice);
            db.Announce(new AccessWillChange(notice.Id, grant.Id, patient.Id, account.Id, account.Email, account.Language, on), patient.Id);
            return true;
        }
        return false;
    }
}
