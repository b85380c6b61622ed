using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Jobs.FindDuplicates;

/// <summary>
/// Compares charts that changed since the last time with those of like birth dates and numbers, and notes the pairs. A pair that somebody decided about stays
/// decided. It goes on where it stopped, so many a night at most.
/// </summary>
[Job("find-duplicates", DailyAt = "03:20", Says = "Looks for charts that may be one person’s")]
sealed class FindDuplicates(IdentityDb db, ChartSearch search, TimeProvider clock) : IJob
{
    const int AtOnce = 200, MostANight = 20_000, MostPairs = 10;

    public async Task<string> Run(CancellationToken ct)
    {
        var (compared, found) = (0, 0);
        while (compared < MostANight)
        {
            db.ChangeTracker.Clear();
            var place = await db.DuplicateSearches.SingleOrDefaultAsync(ct) ?? db.Add(new DuplicateSearch { Id = 1, ChangedAt = DateTimeOffset.UnixEpoch, ChartId = Guid.Empty }).Entity;
            var (since, last) = (place.ChangedAt, place.ChartId);
            var charts = await db.Patients.AsNoTracking().Where(p => p.MergedIntoId == null && (p.ChangedAt > since || (p.ChangedAt == since && p.Id > last)))
                .OrderBy(p => p.ChangedAt).ThenBy(p => p.Id).Take(AtOnce).ToListAsync(ct);
            if (charts.Count == 0) break;
            found += await Compare(charts, ct);
            (place.ChangedAt, place.ChartId) = (charts[^1].ChangedAt, charts[^1].Id);
            // Another run at the same moment notes the same pairs: what it saved stands, and this one looks again.
            if (await db.TrySave(null, ct) is not Saved.Done) return "Another run was at work.";
            compared += charts.Count;
            if (charts.Count < AtOnce) break;
        }
        return compared == 0 ? "No chart changed." : $"Compared {compared} charts, found {found} new pairs.";
    }

    async Task<int> Compare(List<Patient> charts, CancellationToken ct)
    {
        var ids = charts.ConvertAll(c => c.Id);
        var prints = (await db.PatientIdentifiers.AsNoTracking().Where(i => ids.Contains(i.PatientId)).Select(i => new { i.PatientId, i.Fingerprint }).ToListAsync(ct)).ToLookup(i => i.PatientId, i => i.Fingerprint);
        var pairs = new Dictionary<(Guid, Guid), DuplicatePair>();
        foreach (var chart in charts)
            foreach (var candidate in await search.Candidates(PersonFacts.Of(chart, [.. prints[chart.Id]]), MostPairs, ct, except: chart.Id))
            {
                var pair = DuplicatePair.Of(Ids.New(clock), chart.Id, candidate.PatientId, candidate.Score, null, clock.GetUtcNow());
                pairs.TryAdd((pair.OneId, pair.OtherId), pair);
            }
        if (pairs.Count == 0) return 0;
        var firsts = pairs.Keys.Select(p => p.Item1).Distinct().ToList();
        foreach (var known in await db.DuplicatePairs.AsNoTracking().Where(p => firsts.Contains(p.OneId)).Select(p => new { p.OneId, p.OtherId }).ToListAsync(ct)) pairs.Remove((known.OneId, known.OtherId));
        db.AddRange(pairs.Values);
        return pairs.Count;
    }
}
