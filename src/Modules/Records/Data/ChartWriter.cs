using PatientPortal.Interop.Contracts;
using PatientPortal.Records.Domain;
using PatientPortal.Records.Domain.Chart;
using PatientPortal.Records.Domain.Fhir;

namespace PatientPortal.Records.Data;

/// <summary>What became of a batch.</summary>
/// <param name="News">Panels that the patient can read since this batch and should hear of.</param>
sealed record Intake(IReadOnlyList<TakenResource> Resources, int News);

/// <summary>
/// Takes resources into a chart: stores each unchanged, keeps what it replaces, and renews the ready-made answers that depend on it.
/// Everything is left in the context for one save by the caller.
/// </summary>
sealed class ChartWriter(RecordsDb db, TimeProvider clock)
{
    /// <summary>Ids in one query; well under the 32,766 parameters of SQLite.</summary>
    internal const int Chunk = 500;

    public async Task<Intake> Take(Guid? patientId, string source, IReadOnlyList<ArrivedResource> resources, CancellationToken ct)
    {
        var batch = resources.Select(r => new Arrived(r)).ToList();
        try
        {
            foreach (var arrived in batch) arrived.Read();
            if (patientId is { } owner) await CheckSubjects(owner, source, batch, ct);
            await Store(patientId, source, batch, ct);
            var (news, names) = (0, new Names(db, source));
            if (patientId is { } chart)
            {
                // Of a resource that came twice in one batch only the last is shown.
                var changed = batch.Where(a => a.IsStored).GroupBy(a => a.RowId).Select(g => g.Last()).ToList();
                var updated = batch.Where(a => a.Outcome is "updated").Select(a => a.RowId).ToHashSet();
                await names.Learn(changed.Select(a => a.Root), ct);
                await names.Await(changed, ct);
                foreach (var arrived in changed) arrived.FillIn(names);
                await WriteEntries(chart, changed, updated, ct);
                news = await new ResultWriter(db, names, clock).Write(chart, source, changed, updated, ct);
            }
            else
            {
                await TellNames(source, names, [.. batch.Where(a => a.IsStored && Naming.Types.Contains(a.Type)).Select(a => a.Resource.Id).Distinct()], ct);
            }
            return new([.. batch.Select(a => a.Taken)], news);
        }
        finally
        {
            foreach (var arrived in batch) arrived.Dispose();
        }
    }

    /// <summary>Lines that were made before somebody's name was known are made again. It is no news: nobody is told of it.</summary>
    async Task TellNames(string source, Names names, IReadOnlyList<string> arrived, CancellationToken ct)
    {
        if (arrived.Count is 0) return;
        var waiting = await names.Waiting(arrived, ct);
        if (waiting.Count is 0) return;
        // What arrived with this batch has to be there to be found.
        await db.Save(ct);
        foreach (var chart in waiting)
        {
            var again = chart.Select(row => new Arrived(new(row.Type, row.SourceId, row.Json)) { RowId = row.Id }).ToList();
            foreach (var each in again) each.Read();
            await names.Learn(again.Select(a => a.Root), ct);
            await names.Await(again, ct);
            foreach (var each in again) each.FillIn(names);
            var ids = again.Select(a => a.RowId).ToHashSet();
            await WriteEntries(chart.Key, again, ids, ct);
            await new ResultWriter(db, names, clock) { Quietly = true }.Write(chart.Key, source, again, ids, ct);
            foreach (var each in again) each.Dispose();
        }
    }

    /// <summary>A resource of another patient in this one's batch is the worst that an import can do: it is not taken.</summary>
    async Task CheckSubjects(Guid patientId, string source, List<Arrived> batch, CancellationToken ct)
    {
        var named = batch.Where(a => a.Fault is null && a.Subject is not null).GroupBy(a => a.Subject!).OrderByDescending(g => g.Count()).ToList();
        if (named.Count is 0) return;
        var ids = named.Select(g => g.Key).ToList();
        var known = new Dictionary<string, Guid>();
        foreach (var some in ids.Chunk(Chunk))
            foreach (var subject in await db.Subjects.AsNoTracking().Where(s => s.Source == source && some.Contains(s.SourceId)).ToListAsync(ct))
                known[subject.SourceId] = subject.PatientId;

        var hasOwn = known.ContainsValue(patientId);
        foreach (var group in named)
        {
            if (known.TryGetValue(group.Key, out var chart))
            {
                if (chart == patientId) continue;
                foreach (var arrived in group) arrived.Quarantine(arrived.SubjectElement, "names a patient whose chart is another one");
            }
            else if (hasOwn)
            {
                foreach (var arrived in group) arrived.Quarantine(arrived.SubjectElement, "names another patient than the rest of what arrived with it");
            }
            else
            {
                db.Add(new KnownSubject { Source = source, SourceId = group.Key, PatientId = patientId });
                hasOwn = true;
            }
        }
    }

    async Task Store(Guid? patientId, string source, List<Arrived> batch, CancellationToken ct)
    {
        var stored = await Stored(source, batch, ct);
        var now = clock.GetUtcNow();
        foreach (var arrived in batch)
        {
            if (arrived.Fault is not null) continue;
            var key = (arrived.Type, arrived.Resource.Id);
            if (!stored.TryGetValue(key, out var row))
            {
                stored[key] = row = new StoredResource
                {
                    Id = Ids.New(clock), PatientId = patientId, Source = source, Type = arrived.Type, SourceId = arrived.Resource.Id,
                    Version = 1, ArrivedAt = now, LastUpdated = arrived.LastUpdated, Digest = arrived.Digest, Json = arrived.Resource.Json,
                };
                SetColumns(row, arrived);
                db.Add(row);
                (arrived.RowId, arrived.Outcome) = (row.Id, "created");
                continue;
            }
            arrived.RowId = row.Id;
            if (patientId is not null && row.PatientId is not null && row.PatientId != patientId)
                arrived.Quarantine($"{arrived.Type}.id", "is stored already, in another patient's chart");
            else if (row.Digest.AsSpan().SequenceEqual(arrived.Digest))
                arrived.Outcome = "unchanged";
            else if (arrived.LastUpdated < row.LastUpdated)
                arrived.Quarantine($"{arrived.Type}.meta.lastUpdated", "is older than what is stored");
            else
                Replace(row, arrived, patientId, now);
        }
    }

    void Replace(StoredResource row, Arrived arrived, Guid? patientId, DateTimeOffset now)
    {
        db.Add(new FormerVersion
        {
            Id = Ids.New(clock), ResourceId = row.Id, Version = row.Version, LastUpdated = row.LastUpdated, ArrivedAt = row.ArrivedAt, ReplacedAt = now, Json = row.Json,
        });
        (row.Version, row.ArrivedAt, row.Digest, row.Json) = (row.Version + 1, now, arrived.Digest, arrived.Resource.Json);
        row.PatientId ??= patientId;
        // Kept when the newer one does not say: what is older still must not come back.
        row.LastUpdated = arrived.LastUpdated ?? row.LastUpdated;
        SetColumns(row, arrived);
        arrived.Outcome = "updated";
    }

    static void SetColumns(StoredResource row, Arrived arrived) =>
        (row.Code, row.Category, row.Status, row.Effective, row.EncounterId) = Columns.Of(arrived.Root);

    /// <summary>What is stored under these ids. Rows that will change come whole and tracked, the others without their bytes.</summary>
    async Task<Dictionary<(string Type, string Id), StoredResource>> Stored(string source, List<Arrived> batch, CancellationToken ct)
    {
        var found = new Dictionary<(string, string), StoredResource>();
        var digests = batch.ToLookup(a => (a.Type, a.Resource.Id), a => a.Digest);
        var changing = new List<Guid>();
        foreach (var ids in batch.Select(a => a.Resource.Id).Distinct().Chunk(Chunk))
        {
            var rows = await db.Resources.AsNoTracking().Where(r => r.Source == source && ids.Contains(r.SourceId))
                .Select(r => new { r.Id, r.PatientId, r.Type, r.SourceId, r.Version, r.LastUpdated, r.ArrivedAt, r.Digest }).ToListAsync(ct);
            foreach (var r in rows)
            {
                if (!digests.Contains((r.Type, r.SourceId))) continue;
                found[(r.Type, r.SourceId)] = new()
                {
                    Id = r.Id, PatientId = r.PatientId, Source = source, Type = r.Type, SourceId = r.SourceId, Version = r.Version,
                    LastUpdated = r.LastUpdated, ArrivedAt = r.ArrivedAt, Digest = r.Digest, Json = [],
                };
                if (digests[(r.Type, r.SourceId)].Any(d => !d.AsSpan().SequenceEqual(r.Digest))) changing.Add(r.Id);
            }
        }
        foreach (var ids in changing.Chunk(Chunk))
            foreach (var row in await db.Resources.Where(r => ids.Contains(r.Id)).ToListAsync(ct))
                found[(row.Type, row.SourceId)] = row;
        return found;
    }

    async Task WriteEntries(Guid patientId, List<Arrived> changed, HashSet<Guid> updated, CancellationToken ct)
    {
        var before = new Dictionary<Guid, ChartEntry>();
        foreach (var ids in updated.Chunk(Chunk))
            foreach (var entry in await db.Entries.Where(e => ids.Contains(e.Id)).ToListAsync(ct)) before[entry.Id] = entry;

        foreach (var arrived in changed)
        {
            var had = before.GetValueOrDefault(arrived.RowId);
            if (ChartItemOf.From(arrived.RowId, arrived.Type, arrived.Root) is not { } line)
            {
                if (had is not null) db.Remove(had);
                continue;
            }
            var at = line.At?.Start ?? had?.At ?? clock.GetUtcNow();
            if (had is null)
                db.Add(new ChartEntry { Id = arrived.RowId, PatientId = patientId, Section = line.Section, At = at, Shown = line.Shown, Item = line.Json });
            else
                (had.Section, had.At, had.Shown, had.Item) = (line.Section, at, line.Shown, line.Json);
        }
    }
}
