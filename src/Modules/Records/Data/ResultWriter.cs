using System.Text.Json;
using PatientPortal.Records.Domain;
using PatientPortal.Records.Domain.Chart;
using PatientPortal.Records.Domain.Fhir;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.Data;

/// <summary>
/// Renews the panels that a batch touches. A report may arrive before its Observations or after them, in the same batch or months later:
/// an Observation stands alone until a report names it, and then moves into it.
/// </summary>
sealed class ResultWriter(RecordsDb db, Names names, TimeProvider clock)
{
    /// <summary>Makes panels again without telling anybody: nothing that the laboratory said has changed.</summary>
    public bool Quietly { get; init; }

    readonly DateTimeOffset now = clock.GetUtcNow();

    /// <summary>One panel to be: the resource that holds it together, and the Observations it names.</summary>
    sealed record Panel(Guid Id, JsonElement Root, IReadOnlyList<string> Members);

    /// <param name="changed">What was created or updated, the last of each.</param>
    /// <param name="updated">The rows among them that were there before.</param>
    /// <returns>How many panels the patient should hear of.</returns>
    public async Task<int> Write(Guid patientId, string source, List<Arrived> changed, HashSet<Guid> updated, CancellationToken ct)
    {
        var observations = changed.Where(a => a.Type is "Observation").ToDictionary(a => a.Resource.Id);
        var panels = changed.Where(IsPanel).Select(a => new Panel(a.RowId, a.Root, [.. SheetOf.Members(a.Root)])).ToDictionary(p => p.Id);
        if (observations.Count is 0 && panels.Count is 0) return 0;

        using var loaded = new Loaded();
        var freed = await WriteMembers(source, panels.Values, updated, ct);
        var named = await NamedBy(source, [.. observations.Keys, .. freed], panels, ct);
        foreach (var panel in await Elsewhere(named, panels, loaded, ct)) panels[panel.Id] = panel;
        await LoadMembers(source, panels.Values.SelectMany(p => p.Members).Concat(freed).Where(id => !observations.ContainsKey(id)), loaded, ct);

        var claimed = named.Select(n => n.ObservationId).Concat(panels.Values.SelectMany(p => p.Members)).ToHashSet();
        var alone = observations.Values.Where(o => !claimed.Contains(o.Resource.Id) && !panels.ContainsKey(o.RowId) && SheetOf.StandsAlone(o.Root))
            .Select(o => (Id: o.RowId, o.Root))
            .Concat(loaded.Observations.Where(o => freed.Contains(o.Key) && !claimed.Contains(o.Key) && SheetOf.StandsAlone(o.Value.Root)).Select(o => o.Value)).ToList();

        var before = await Before([.. panels.Keys, .. alone.Select(a => a.Id), .. observations.Values.Select(o => o.RowId), .. loaded.Observations.Values.Select(o => o.Id)], ct);
        var holds = await HoldsOn(source, panels.Values.SelectMany(p => p.Members), ct);
        var news = 0;
        foreach (var panel in panels.Values)
        {
            var members = panel.Members.Select(id => observations.TryGetValue(id, out var o) ? (Id: o.RowId, o.Root) : loaded.Observations.GetValueOrDefault(id)).Where(m => m.Id != Guid.Empty).ToList();
            var absorbed = members.Select(m => before.Results.GetValueOrDefault(m.Id)).OfType<Result>().Where(r => !panels.ContainsKey(r.Id)).ToList();
            var roots = members.Select(m => m.Root).ToList();
            var words = panel.Root.Text("resourceType") is "DiagnosticReport" ? SheetOf.TextOf(panel.Root) : null;
            var sheet = panel.Root.Text("resourceType") is "DiagnosticReport"
                ? SheetOf.FromReport(panel.Id, panel.Root, roots, words is not null)
                : SheetOf.FromObservation(panel.Id, panel.Root, roots);
            news += await Put(patientId, source, sheet, words, before, absorbed, [.. panel.Members.SelectMany(m => holds[m]).Where(h => h.ResultId != panel.Id).DistinctBy(h => h.Id)], ct);
        }
        foreach (var (id, root) in alone) news += await Put(patientId, source, SheetOf.FromObservation(id, root, []), null, before, [], [], ct);
        foreach (var vital in changed.Where(a => a.Type is "Observation" && Vitals.Is(a.Root) && !claimed.Contains(a.Resource.Id)))
        {
            var sheet = SheetOf.FromObservation(vital.RowId, vital.Root, []);
            Measure(patientId, sheet, ReleaseRule.ShowsValue(sheet.Status), now, before, isVital: true);
        }
        return news;
    }

    static bool IsPanel(Arrived arrived) => arrived.Type is "DiagnosticReport"
        || (arrived.Type is "Observation" && SheetOf.StandsAlone(arrived.Root) && SheetOf.Members(arrived.Root).Any());

    /// <summary>Notes which Observations each changed panel names; gives those that an updated one no longer does.</summary>
    async Task<HashSet<string>> WriteMembers(string source, IEnumerable<Panel> panels, HashSet<Guid> updated, CancellationToken ct)
    {
        var freed = new HashSet<string>();
        var rows = new List<ResultMember>();
        foreach (var ids in updated.Chunk(ChartWriter.Chunk))
            rows.AddRange(await db.ResultMembers.Where(m => ids.Contains(m.ResultId)).ToListAsync(ct));
        var known = rows.ToLookup(m => m.ResultId);
        foreach (var panel in panels)
        {
            var had = known[panel.Id].ToDictionary(m => m.ObservationId);
            foreach (var (position, id) in panel.Members.Index())
                if (had.Remove(id, out var row)) row.Position = position;
                else db.Add(new ResultMember { ResultId = panel.Id, Source = source, ObservationId = id, Position = position });
            foreach (var gone in had.Values)
            {
                db.Remove(gone);
                freed.Add(gone.ObservationId);
            }
        }
        return freed;
    }

    /// <summary>The panels, other than the changed ones, that name any of these Observations.</summary>
    async Task<List<ResultMember>> NamedBy(string source, IReadOnlyList<string> observations, Dictionary<Guid, Panel> changed, CancellationToken ct)
    {
        var named = new List<ResultMember>();
        foreach (var ids in observations.Distinct().Chunk(ChartWriter.Chunk))
            named.AddRange(await db.ResultMembers.AsNoTracking().Where(m => m.Source == source && ids.Contains(m.ObservationId)).ToListAsync(ct));
        named.RemoveAll(m => changed.ContainsKey(m.ResultId));
        return named;
    }

    async Task<List<Panel>> Elsewhere(List<ResultMember> named, Dictionary<Guid, Panel> changed, Loaded loaded, CancellationToken ct)
    {
        var panels = new List<Panel>();
        foreach (var ids in named.Select(n => n.ResultId).Distinct().Where(id => !changed.ContainsKey(id)).Chunk(ChartWriter.Chunk))
        {
            var members = (await db.ResultMembers.AsNoTracking().Where(m => ids.Contains(m.ResultId)).OrderBy(m => m.Position).ToListAsync(ct)).ToLookup(m => m.ResultId, m => m.ObservationId);
            var rows = await db.Resources.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Json }).ToListAsync(ct);
            foreach (var (row, root) in rows.Zip(await loaded.Parse([.. rows.Select(r => r.Json)], names, ct))) panels.Add(new(row.Id, root, [.. members[row.Id]]));
        }
        return panels;
    }

    async Task LoadMembers(string source, IEnumerable<string> observations, Loaded loaded, CancellationToken ct)
    {
        foreach (var ids in observations.Distinct().Chunk(ChartWriter.Chunk))
        {
            var rows = await db.Resources.AsNoTracking().Where(r => r.Source == source && r.Type == "Observation" && ids.Contains(r.SourceId)).Select(r => new { r.Id, r.SourceId, r.Json }).ToListAsync(ct);
            foreach (var (row, root) in rows.Zip(await loaded.Parse([.. rows.Select(r => r.Json)], names, ct))) loaded.Observations[row.SourceId] = (row.Id, root);
        }
    }

    sealed record Had(Dictionary<Guid, Result> Results, ILookup<Guid, Measurement> Measurements);

    async Task<Had> Before(IReadOnlyList<Guid> owners, CancellationToken ct)
    {
        var (results, measurements) = (new Dictionary<Guid, Result>(), new List<Measurement>());
        // What this context just added has no rows yet: asking for it is asking for nothing.
        var there = owners.Distinct().Except(db.ChangeTracker.Entries<StoredResource>().Where(e => e.State is EntityState.Added).Select(e => e.Entity.Id).ToHashSet()).ToList();
        foreach (var ids in there.Chunk(ChartWriter.Chunk))
        {
            foreach (var result in await db.Results.Where(r => ids.Contains(r.Id)).ToListAsync(ct)) results[result.Id] = result;
            measurements.AddRange(await db.Measurements.Where(m => ids.Contains(m.OwnerId)).ToListAsync(ct));
        }
        return new(results, measurements.ToLookup(m => m.OwnerId));
    }

    async Task<int> Put(Guid patientId, string source, ResultSheet sheet, string? words, Had before, List<Result> absorbed, IReadOnlyList<Hold> shared, CancellationToken ct)
    {
        var had = before.Results.GetValueOrDefault(sheet.Id);
        sheet = sheet.After([.. absorbed.Prepend(had).Where(r => r is { Shown: true }).SelectMany(r => JsonSerializer.Deserialize(r!.Sheet, RecordsJson.Relaxed.ResultSheet)!.Values)]);
        var json = JsonSerializer.SerializeToUtf8Bytes(sheet, RecordsJson.Relaxed.ResultSheet);
        var shown = ReleaseRule.Shows(sheet.Status);
        var effective = sheet.Collected?.Start ?? sheet.Issued?.Start;
        var wasShown = had?.Shown is true || absorbed.Any(a => a.Shown);
        var isCorrection = had is { Shown: true } && sheet.IsCorrected && !had.Sheet.AsSpan().SequenceEqual(json);
        var result = had ?? new Result
        {
            Id = sheet.Id, PatientId = patientId, Source = source, Effective = effective ?? now, Status = sheet.Status, Shown = shown, Abnormal = sheet.Flagged > 0, Sheet = json,
        };
        (result.Effective, result.Status, result.Shown, result.Abnormal, result.Sheet, result.Words) =
            (effective ?? result.Effective, sheet.Status, shown, sheet.Flagged > 0, json, sheet.HasText ? words : null);
        if (had is null) db.Add(result);
        await Absorb(result, absorbed, before, ct);
        Share(result, shared);
        Measure(patientId, sheet, shown, result.Effective, before);

        if (!shown) result.NewSince = null;
        if (Quietly) return 0;
        var isNews = shown && (!wasShown || isCorrection) && !(result.HeldUntil > now) && (sheet.Issued?.Start ?? effective ?? now) >= now - ReleaseRule.NewsWindow;
        if (!isNews) return 0;
        (result.NewSince, result.SeenAt) = (now, null);
        return 1;
    }

    /// <summary>The holds that run now on results which name these Observations.</summary>
    async Task<ILookup<string, Hold>> HoldsOn(string source, IEnumerable<string> observations, CancellationToken ct)
    {
        var found = new List<(string Observation, Hold Hold)>();
        foreach (var ids in observations.Distinct().Chunk(ChartWriter.Chunk))
            found.AddRange((await (
                from m in db.ResultMembers.AsNoTracking()
                join h in db.Holds.AsNoTracking() on m.ResultId equals h.ResultId
                where m.Source == source && ids.Contains(m.ObservationId) && h.EndedAt == null && h.Until > now
                select new { m.ObservationId, Hold = h }).ToListAsync(ct)).Select(f => (f.ObservationId, f.Hold)));
        return found.ToLookup(f => f.Observation, f => f.Hold);
    }

    /// <summary>A value that is held in one report is held in every other that names it: else a later report would tell what the first keeps back.</summary>
    void Share(Result result, IReadOnlyList<Hold> shared)
    {
        if (result.HeldUntil > now || shared.Count is 0) return;
        var longest = shared.MaxBy(h => h.Until)!;
        (result.HeldUntil, result.NewSince) = (longest.Until, null);
        db.Add(new Hold
        {
            Id = Ids.New(clock), ResultId = result.Id, PatientId = result.PatientId, Reason = longest.Reason, StaffId = longest.StaffId, StaffName = longest.StaffName,
            From = now, Until = longest.Until,
        });
    }

    /// <summary>Observations that stood alone move into their report; a hold on one of them now holds the whole.</summary>
    async Task Absorb(Result result, List<Result> absorbed, Had before, CancellationToken ct)
    {
        if (absorbed.Count is 0) return;
        result.NewSince ??= absorbed.Min(a => a.NewSince);
        result.SeenAt ??= absorbed.Max(a => a.SeenAt);
        var held = absorbed.Where(a => a.HeldUntil > now).ToList();
        if (held.Count > 0)
        {
            result.HeldUntil = held.Append(result).Max(h => h.HeldUntil);
            var ids = held.Select(h => h.Id).ToList();
            foreach (var hold in await db.Holds.Where(h => ids.Contains(h.ResultId) && h.EndedAt == null).ToListAsync(ct)) hold.ResultId = result.Id;
        }
        foreach (var alone in absorbed)
        {
            db.RemoveRange(before.Measurements[alone.Id]);
            db.Remove(alone);
        }
    }

    void Measure(Guid patientId, ResultSheet sheet, bool shown, DateTimeOffset effective, Had before, bool isVital = false)
    {
        var had = before.Measurements[sheet.Id].ToDictionary(m => m.Position);
        foreach (var (position, line) in sheet.Values.Index())
        {
            if (line.Code is null or { Length: > 100 }) continue;
            var at = line.Collected ?? sheet.Collected;
            var point = JsonSerializer.SerializeToUtf8Bytes(
                new TrendValue(isVital ? null : sheet.Id, line.Name, at, line.Value, line.Comparator, line.Unit, line.Text ?? line.Absent, line.Range, line.Flag, line.Status), RecordsJson.Relaxed.TrendValue);
            var isShown = shown && ReleaseRule.ShowsValue(line.Status);
            if (had.Remove(position, out var row))
                (row.Code, row.At, row.Shown, row.Point) = (line.Code, at?.Start ?? effective, isShown, point);
            else
                db.Add(new Measurement { OwnerId = sheet.Id, Position = position, PatientId = patientId, Code = line.Code, At = at?.Start ?? effective, Shown = isShown, Point = point });
        }
        db.RemoveRange(had.Values);
    }

    /// <summary>Stored resources that were parsed again.</summary>
    sealed class Loaded : IDisposable
    {
        readonly List<JsonDocument> documents = [];

        public Dictionary<string, (Guid Id, JsonElement Root)> Observations { get; } = [];

        public async Task<IReadOnlyList<JsonElement>> Parse(IReadOnlyList<byte[]> resources, Names names, CancellationToken ct)
        {
            var parsed = resources.Select(r => JsonDocument.Parse(r)).ToList();
            documents.AddRange(parsed);
            await names.Learn(parsed.Select(p => p.RootElement), ct);
            return [.. parsed.Select(p =>
            {
                if (names.Fill(p.RootElement) is not { } filled) return p.RootElement;
                documents.Add(filled);
                return filled.RootElement;
            })];
        }

        public void Dispose() => documents.ForEach(d => d.Dispose());
    }
}
