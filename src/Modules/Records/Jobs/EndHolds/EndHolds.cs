using PatientPortal.Records.Contracts;
using PatientPortal.Records.Data;

namespace PatientPortal.Records.Jobs.EndHolds;

/// <summary>A hold ends by the clock, in every query. This only tells the patient that there is something to read, once for each patient.</summary>
[Job("end-holds", EverySeconds = 60, Says = "Tells patients of results whose hold is over")]
sealed class EndHolds(RecordsDb db, TimeProvider clock) : IJob
{
    public async Task<string> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var over = await db.Holds.Where(h => h.EndedAt == null && h.Until <= now).OrderBy(h => h.Until).Take(500).ToListAsync(ct);
        if (over.Count is 0) return "No hold was over.";

        var ids = over.Select(h => h.ResultId).ToList();
        var results = await db.Results.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, ct);
        var free = new List<(Guid Patient, Guid Result)>();
        foreach (var hold in over)
        {
            hold.EndedAt = now;
            if (results.GetValueOrDefault(hold.ResultId) is not { Shown: true } result || result.HeldUntil > now) continue;
            (result.HeldUntil, result.NewSince, result.SeenAt) = (null, now, null);
            free.Add((hold.PatientId, hold.ResultId));
        }
        foreach (var patient in free.GroupBy(f => f.Patient))
            db.Announce(new ResultsReleased(Ids.New(clock), patient.Key, patient.Count()), patient.Key);
        await db.Save(ct);
        return $"{over.Count} holds were over; {free.Select(f => f.Patient).Distinct().Count()} patients are told.";
    }
}
