using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.Cards;

/// <summary>How many requests wait, and since when: numbers without names.</summary>
[Does(Act.Read, "refill requests", "Counted the waiting refill requests", Needs = "refills", Trail = false, Because = "It shows numbers, nobody's data.")]
sealed record RefillQueueCountRequest;

sealed record RefillQueueCount(int Waiting, int Late, DateTimeOffset? Oldest);

sealed class RefillQueueCountHandler(PharmacyDb db, TimeProvider clock) : IHandle<RefillQueueCountRequest, RefillQueueCount>
{
    // Two business days are at most four of the calendar; the exact promise of each stands in the queue.
    static readonly TimeSpan Late = TimeSpan.FromDays(PharmacyLimits.DecideWithin + 2);

    public async Task<Outcome<RefillQueueCount>> Handle(RefillQueueCountRequest ask, CancellationToken ct)
    {
        var asked = await db.Refills.AsNoTracking().Where(r => r.State == RefillState.Requested || r.State == RefillState.InReview).Select(r => r.AskedAt).ToListAsync(ct);
        var since = clock.GetUtcNow() - Late;
        return new RefillQueueCount(asked.Count, asked.Count(a => a < since), asked.Count is 0 ? null : asked.Min());
    }
}

sealed class RefillsNav(IHandle<RefillQueueCountRequest, RefillQueueCount> count) : IStaffNav
{
    public string Label => "Refills";
    public string Path => "/staff/refills";
    public int Order => 40;
    public string Needs => "refills";

    public async Task<int?> Count(CancellationToken ct) => (await count.Handle(new(), ct)).Refused(out _, out var queue) ? null : queue.Waiting;
}
