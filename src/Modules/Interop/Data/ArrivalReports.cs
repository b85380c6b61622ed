using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop.Data;

/// <summary>What became of the resources of one type. The four outcomes and what waits add up to what came.</summary>
internal sealed record TypeCount(string Type, int Created, int Updated, int Unchanged, int Quarantined, int Waiting)
{
    public int Came => Created + Updated + Unchanged + Quarantined + Waiting;
}

/// <summary>One resource that nobody took.</summary>
/// <param name="Reference">"Observation/123", or its place in the bundle.</param>
/// <param name="Element">The FHIR element at fault.</param>
internal sealed record QuarantinedResource(string Reference, string Element, string Reason);

/// <summary>A Patient of the import, and the chart it belongs to.</summary>
/// <param name="Reference">"Patient/{id}" within the source.</param>
internal sealed record ImportedPatient(string Reference, Guid Id);

/// <summary>What became of an import, exactly.</summary>
/// <param name="State">"receiving", "working", "done" or "failed".</param>
/// <param name="Patients">The charts of the Patients in it, at most 100.</param>
/// <param name="Quarantine">The first of them; <paramref name="QuarantineNext"/> is the cursor of the others.</param>
internal sealed record ImportReport(
    Guid Id, string State, string Source, DateTimeOffset ReceivedAt, DateTimeOffset? EndedAt, string By, string? FileName, int Bytes, string? Problem,
    IReadOnlyList<TypeCount> Resources, IReadOnlyList<ImportedPatient> Patients, IReadOnlyList<QuarantinedResource> Quarantine, string? QuarantineNext);

/// <summary>One import in the list.</summary>
/// <param name="State">"receiving", "working", "done" or "failed".</param>
/// <param name="Resources">How many entries came.</param>
/// <param name="Problem">Why nothing of it was taken, when it failed.</param>
internal sealed record ImportLine(
    Guid Id, DateTimeOffset ReceivedAt, string By, string Source, string? FileName, string State, int Resources,
    int Created, int Updated, int Unchanged, int Quarantined, string? Problem);

/// <summary>Reads arrivals for those who ask what became of them.</summary>
internal sealed class ArrivalReports(InteropDb db)
{
    static readonly TimeSpan First = TimeSpan.FromMilliseconds(10), Longest = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until the arrival has ended.</summary>
    /// <returns>False when it had not by then.</returns>
    public async Task<bool> Ended(Guid id, TimeSpan patience, CancellationToken ct)
    {
        // The modules work in the background, perhaps in another process: its own row says when they are done.
        var (waited, pause) = (TimeSpan.Zero, First);
        while (true)
        {
            var state = await db.Arrivals.AsNoTracking().Where(a => a.Id == id).Select(a => a.State).SingleAsync(ct);
            if (state is ArrivalState.Done or ArrivalState.Failed) return true;
            if (waited >= patience) return false;
            await Task.Delay(pause, ct);
            (waited, pause) = (waited + pause, pause * 1.5 < Longest ? pause * 1.5 : Longest);
        }
    }

    /// <param name="id">The arrival.</param>
    /// <param name="after">Quarantined resources after this position.</param>
    /// <param name="take">At most so many of them.</param>
    /// <param name="ct">Cancels reading.</param>
    public async Task<ImportReport?> Of(Guid id, int after, int take, CancellationToken ct)
    {
        var arrival = await db.Arrivals.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (arrival is null) return null;
        var counts = (await db.ArrivedItems.Where(i => i.ArrivalId == id).GroupBy(i => new { i.Type, i.Outcome })
            .Select(g => new { g.Key.Type, g.Key.Outcome, Count = g.Count() }).ToListAsync(ct)).ConvertAll(c => (c.Type, c.Outcome, c.Count));
        var quarantine = await db.ArrivedItems.Where(i => i.ArrivalId == id && i.Outcome == ItemOutcome.Quarantined && i.Position > after)
            .OrderBy(i => i.Position).Take(take + 1).Select(i => new { i.Position, i.Reference, i.Element, i.Reason }).ToListAsync(ct);
        var patients = await db.ArrivedItems.Where(i => i.ArrivalId == id && i.Type == "Patient" && i.Outcome != ItemOutcome.Quarantined)
            .Join(db.KnownPatients.Where(p => p.Source == arrival.Source), i => i.Reference, p => p.Reference, (i, p) => new { i.Position, p.Reference, p.PatientId })
            .OrderBy(p => p.Position).Take(PageAsk.Most).Select(p => new ImportedPatient(p.Reference, p.PatientId)).ToListAsync(ct);
        var shown = quarantine.Take(take).ToList();
        return new ImportReport(
            arrival.Id, arrival.State.ToString().ToLowerInvariant(), arrival.Source, arrival.ReceivedAt, arrival.EndedAt, arrival.ByName, arrival.FileName, arrival.Bytes, arrival.Problem,
            [
                .. counts.GroupBy(c => c.Type).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new TypeCount(g.Key,
                    Sum(g, ItemOutcome.Created), Sum(g, ItemOutcome.Updated), Sum(g, ItemOutcome.Unchanged), Sum(g, ItemOutcome.Quarantined),
                    Sum(g, ItemOutcome.Held, ItemOutcome.Waiting, ItemOutcome.Announced))),
            ],
            patients,
            [.. shown.Select(q => new QuarantinedResource(q.Reference, q.Element!, q.Reason!))],
            quarantine.Count > take ? shown[^1].Position.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);

        static int Sum(IEnumerable<(string, ItemOutcome Outcome, int Count)> all, params ItemOutcome[] outcomes) =>
            all.Where(c => outcomes.Contains(c.Outcome)).Sum(c => c.Count);
    }

    /// <summary>The imports so far, newest first.</summary>
    public async Task<Outcome<Page<ImportLine>>> List(PageAsk page, CancellationToken ct)
    {
        var arrivals = db.Arrivals.AsNoTracking();
        if (page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            arrivals = arrivals.Where(a => a.ReceivedAt < at || (a.ReceivedAt == at && a.Id.CompareTo(id) < 0));
        }
        var found = await arrivals.OrderByDescending(a => a.ReceivedAt).ThenByDescending(a => a.Id).Take(page.Take + 1).ToListAsync(ct);
        var shown = found.Take(page.Take).Select(a => new ImportLine(
            a.Id, a.ReceivedAt, a.ByName, a.Source, a.FileName, a.State.ToString().ToLowerInvariant(), a.Resources,
            a.Created, a.Updated, a.Unchanged, a.Quarantined, a.Problem)).ToList();
        return new Page<ImportLine>(shown, found.Count > shown.Count ? Cursor.Write(shown[^1].ReceivedAt, shown[^1].Id) : null);
    }
}
