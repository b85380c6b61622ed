using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.OpenRecord;

/// <summary>What a patient's record holds, in numbers: the way into its lists. Nothing of their content.</summary>
[Does(Act.Read, "record", "Opened the record", Needs = "records")]
sealed record OpenRecordRequest;

/// <param name="NewResults">Released, and not read yet.</param>
sealed record RecordOverview(int Results, int NewResults, IReadOnlyDictionary<ChartSection, int> Sections);

sealed class OpenRecordHandler(RecordsDb db, CurrentPatient me, TimeProvider clock) : IHandle<OpenRecordRequest, RecordOverview>
{
    public async Task<Outcome<RecordOverview>> Handle(OpenRecordRequest ask, CancellationToken ct)
    {
        var results = await db.Results.SeenBy(me.Id, clock.GetUtcNow()).GroupBy(r => r.NewSince != null).Select(g => new { IsNew = g.Key, Count = g.Count() }).ToListAsync(ct);
        var sections = await db.Entries.Where(e => e.PatientId == me.Id && e.Shown).GroupBy(e => e.Section).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return new RecordOverview(results.Sum(r => r.Count), results.Where(r => r.IsNew).Sum(r => r.Count), sections.ToDictionary(s => s.Key, s => s.Count));
    }
}
