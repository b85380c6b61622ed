using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.ListMerges;

/// <summary>Which charts were joined, by whom and why, the newest first, and until when each can be undone.</summary>
[Does(Act.Read, "merge", "Saw this record in the list of merges", Needs = "merge")]
sealed record ListMergesRequest(int? Limit, string? Cursor);

/// <param name="UndoUntil">Null when it was undone, or it is too late.</param>
sealed record MergeLine(
    Guid Id, Guid FromId, string FromNumber, Guid IntoId, string IntoNumber, string Name, DateTimeOffset At, string By, string? Reason,
    DateTimeOffset? UndoUntil, DateTimeOffset? UndoneAt, string? UndoneBy, string? UndoneReason);

sealed record Merges(IReadOnlyList<MergeLine> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.SelectMany(i => new[] { i.IntoId, i.FromId });

    object IAboutPatients.Without(IReadOnlySet<Guid> closed) =>
        this with { Items = [.. Items.Select(i => closed.Contains(i.IntoId) || closed.Contains(i.FromId) ? i with { Reason = null, UndoneReason = null } : i)] };
}

sealed class ListMergesHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings, TimeProvider clock) : IHandle<ListMergesRequest, Merges>
{
    public async Task<Outcome<Merges>> Handle(ListMergesRequest ask, CancellationToken ct)
    {
        if (!staff.May("merge")) return Outcome.NotFound;
        var merges = db.ChartMerges.AsNoTracking();
        if (ask.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            merges = merges.Where(m => m.At < at || (m.At == at && m.Id < id));
        }
        var (take, now, zone) = (PageAsk.Of(ask.Limit).Take, clock.GetUtcNow(), Ui.Clinic.Of(settings).Zone);
        var rows = await (
            from m in merges
            orderby m.At descending, m.Id descending
            join f in db.Patients on m.FromId equals f.Id
            join i in db.Patients on m.IntoId equals i.Id
            select new { m, From = f.ChartNumber, Into = i.ChartNumber, i.Name }).Take(take + 1).ToListAsync(ct);
        return new Merges(
            [.. rows.Take(take).Select(r => new MergeLine(r.m.Id, r.m.FromId, r.From, r.m.IntoId, r.Into, r.Name, Zones.In(r.m.At, zone), r.m.ByName, r.m.Reason,
                r.m.CanBeUndone(now) ? Zones.In(r.m.UndoUntil, zone) : null, r.m.UndoneAt is { } undone ? Zones.In(undone, zone) : null, r.m.UndoneByName, r.m.UndoneReason))],
            rows.Count > take ? Cursor.Write(rows[take - 1].m.At, rows[take - 1].m.Id) : null);
    }
}

sealed class ListMergesApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/merges", async (int? limit, string? cursor, IHandle<ListMergesRequest, Merges> list, CancellationToken ct) => (await list.Handle(new(limit, cursor), ct)).ToHttp())
           .WithName("ListMerges").Produces<Merges>().ProducesProblem(400).ProducesProblem(403);
}
