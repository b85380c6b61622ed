using PatientPortal.Records.Data;
using PatientPortal.Records.Domain;

namespace PatientPortal.Records.ForStaff.CountReleases;

/// <summary>How many results are held, and how many outside their range were not read for a week: numbers only.</summary>
[Does(Act.Read, "results", "Counted results to follow up", Needs = "release", Trail = false, Because = "Numbers over all patients show nothing of any one.")]
sealed record CountReleasesRequest;

sealed record ReleaseCounts(int Held, int Unseen);

sealed class CountReleasesHandler(RecordsDb db, CurrentStaff staff, TimeProvider clock) : IHandle<CountReleasesRequest, ReleaseCounts>
{
    public async Task<Outcome<ReleaseCounts>> Handle(CountReleasesRequest ask, CancellationToken ct)
    {
        _ = staff;
        var now = clock.GetUtcNow();
        var since = now - ReviewClock.Unseen;
        return new ReleaseCounts(
            await db.Results.CountAsync(r => r.HeldUntil > now, ct),
            await db.Results.CountAsync(r => r.Abnormal && r.Shown && r.NewSince <= since && !(r.HeldUntil > now), ct));
    }
}
