using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.Data;

/// <summary>The lists of a chart, newest first: one query, one unsealed column an item.</summary>
static class ChartLists
{
    sealed record Row(Guid Id, DateTimeOffset At, byte[] Item);

    static readonly Func<RecordsDb, Guid, ChartSection, DateTimeOffset, Guid, int, IAsyncEnumerable<Row>> Shown = EF.CompileAsyncQuery(
        (RecordsDb db, Guid patient, ChartSection section, DateTimeOffset at, Guid id, int take) =>
            db.Entries.Where(e => e.PatientId == patient && e.Section == section && e.Shown && (e.At < at || (e.At == at && e.Id.CompareTo(id) < 0)))
                .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(take).Select(e => new Row(e.Id, e.At, e.Item)));

    public static async Task<Outcome<ReadyList>> List(this RecordsDb db, Guid patientId, ChartSection section, PageAsk page, CancellationToken ct)
    {
        var (at, id) = (Ends.Last, Guid.Empty);
        if (page.Cursor is not null && !Cursor.TryRead(page.Cursor, out at, out id)) return Cursor.Bad;
        var rows = new List<Row>(page.Take + 1);
        await foreach (var row in Shown(db, patientId, section, at, id, page.Take + 1).WithCancellation(ct)) rows.Add(row);
        var next = rows.Count > page.Take ? Cursor.Write(rows[page.Take - 1].At, rows[page.Take - 1].Id) : null;
        return new ReadyList([.. rows.Take(page.Take).Select(r => (ReadOnlyMemory<byte>)r.Item)], next);
    }
}

/// <summary>The ends of time, as far as the database can say them.</summary>
static class Ends
{
    public static readonly DateTimeOffset First = new(1, 1, 1, 0, 0, 0, TimeSpan.Zero), Last = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);
}
