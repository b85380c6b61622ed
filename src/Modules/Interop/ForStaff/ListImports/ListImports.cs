using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop.ForStaff.ListImports;

/// <summary>The imports so far, newest first, each with what became of it.</summary>
[Does(Act.Read, "imports", "Listed imports", Needs = "import", Trail = false, Because = "It shows counts and times, nobody's record.")]
internal sealed record ListImportsRequest(PageAsk Page);

/// <summary>One import in the list.</summary>
/// <param name="State">"receiving", "working", "done" or "failed".</param>
/// <param name="Resources">How many entries came.</param>
/// <param name="Problem">Why nothing of it was taken, when it failed.</param>
internal sealed record ImportLine(
    Guid Id, DateTimeOffset ReceivedAt, string By, string Source, string? FileName, string State, int Resources,
    int Created, int Updated, int Unchanged, int Quarantined, string? Problem);

internal sealed class ListImportsHandler(CurrentStaff me, InteropDb db) : IHandle<ListImportsRequest, Page<ImportLine>>
{
    public async Task<Outcome<Page<ImportLine>>> Handle(ListImportsRequest request, CancellationToken ct)
    {
        _ = me;
        var arrivals = db.Arrivals.AsNoTracking();
        if (request.Page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            arrivals = arrivals.Where(a => a.ReceivedAt < at || (a.ReceivedAt == at && a.Id.CompareTo(id) < 0));
        }
        var found = await arrivals.OrderByDescending(a => a.ReceivedAt).ThenByDescending(a => a.Id).Take(request.Page.Take + 1).ToListAsync(ct);
        var shown = found.Take(request.Page.Take).Select(a => new ImportLine(
            a.Id, a.ReceivedAt, a.ByName, a.Source, a.FileName, a.State.ToString().ToLowerInvariant(), a.Resources,
            a.Created, a.Updated, a.Unchanged, a.Quarantined, a.Problem)).ToList();
        return new Page<ImportLine>(shown, found.Count > shown.Count ? Cursor.Write(shown[^1].ReceivedAt, shown[^1].Id) : null);
    }
}

internal sealed class ListImportsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports", async ([AsParameters] PageAsk page, IHandle<ListImportsRequest, Page<ImportLine>> list, CancellationToken ct) =>
            (await list.Handle(new(page), ct)).ToHttp());
}
