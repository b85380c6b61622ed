using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.Cards;

/// <summary>What the home page shows of this module: refills in progress and just ready, and what runs out soon.</summary>
[Does(Act.Read, "refill requests", "Looked at the refill requests", Needs = "medications")]
sealed record HomeRefillsRequest;

sealed record HomeRefills(IReadOnlyList<RefillEntry> InProgress, IReadOnlyList<MedicationEntry> RunningOut);

sealed class HomeRefillsHandler(PharmacyDb db, CurrentPatient me, TimeProvider clock) : IHandle<HomeRefillsRequest, HomeRefills>
{
    const int Shown = 3;

    public async Task<Outcome<HomeRefills>> Handle(HomeRefillsRequest ask, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var since = now.AddDays(-PharmacyLimits.ReadyShown);
        var refills = await db.Refills.AsNoTracking().Include(r => r.Steps)
            .Where(r => r.PatientId == me.Id && (r.OpenFor != null || ((r.State == RefillState.Ready || r.State == RefillState.Denied) && r.ChangedAt > since)))
            .OrderByDescending(r => r.AskedAt).Take(Shown).ToListAsync(ct);
        var names = await db.PharmacyNames(refills, ct);
        var open = refills.Where(r => r.OpenFor is not null).ToDictionary(r => r.MedicationId, r => r.Id);
        var today = Zones.Date(now, me.TimeZone);
        var soon = (await db.CoursesOf(me.Id, ct)).Where(c => !c.AsNeeded && c.RunsOutOn <= today.AddDays(PharmacyLimits.RunsOutSoonDays))
            .Select(c => MedicationLists.Entry(c, open, today))
            .Where(m => m.Request.Offer.MayAsk).OrderBy(m => m.RunsOutOn).Take(Shown);
        return new HomeRefills([.. refills.Select(r => RefillEntry.Of(r, r.PharmacyId is { } p ? names.GetValueOrDefault(p) : null, me.TimeZone))], [.. soon]);
    }
}

sealed class RefillsHomePart(IHandle<HomeRefillsRequest, HomeRefills> read) : IHomePart
{
    public string Name => "refills";

    public async Task<object?> Read(CancellationToken ct) => (await read.Handle(new(), ct)).Refused(out _, out var home) ? null : home;
}
