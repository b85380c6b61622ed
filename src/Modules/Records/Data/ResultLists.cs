using PatientPortal.Records.Domain;

namespace PatientPortal.Records.Data;

/// <summary>A row of the list of results.</summary>
sealed record SheetRow(Guid Id, DateTimeOffset Effective, bool IsNew, byte[] Sheet);

/// <summary>The hot reads of results.</summary>
static class ResultLists
{
    static readonly Func<RecordsDb, Guid, DateTimeOffset, DateTimeOffset, DateTimeOffset, Guid, int, IAsyncEnumerable<SheetRow>> Query = EF.CompileAsyncQuery(
        (RecordsDb db, Guid patient, DateTimeOffset now, DateTimeOffset from, DateTimeOffset before, Guid id, int take) =>
            db.Results.Where(r => r.PatientId == patient && r.Shown && (r.HeldUntil == null || r.HeldUntil <= now)
                    && r.Effective >= from && (r.Effective < before || (r.Effective == before && r.Id.CompareTo(id) < 0)))
                .OrderByDescending(r => r.Effective).ThenByDescending(r => r.Id).Take(take)
                .Select(r => new SheetRow(r.Id, r.Effective, r.NewSince != null, r.Sheet)));

    /// <summary>What the patient may see, newest first.</summary>
    /// <param name="until">Exclusive.</param>
    public static async Task<Outcome<ReadyList>> ListShown(
        this RecordsDb db, Guid patientId, DateTimeOffset now, DateTimeOffset? from, DateTimeOffset? until, PageAsk page, CancellationToken ct)
    {
        // Without a cursor the list begins just before `until`: no id is below the empty one.
        var (before, id) = (until ?? Ends.Last, Guid.Empty);
        if (page.Cursor is not null && !Cursor.TryRead(page.Cursor, out before, out id)) return Cursor.Bad;
        var rows = new List<SheetRow>(page.Take + 1);
        await foreach (var row in Query(db, patientId, now, from ?? Ends.First, before, id, page.Take + 1).WithCancellation(ct)) rows.Add(row);
        var next = rows.Count > page.Take ? Cursor.Write(rows[page.Take - 1].Effective, rows[page.Take - 1].Id) : null;
        return new ReadyList([.. rows.Take(page.Take).Select(r => Ready.With(r.IsNew ? "\"isNew\":true,"u8 : "\"isNew\":false,"u8, r.Sheet))], next);
    }
}
