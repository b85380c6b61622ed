using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.ReviewTies;

/// <summary>Which staff members know which patients, as they said, the newest first.</summary>
[StandsBeforeChart, Does(Act.Read, "tie", "Looked at which staff know this patient", Needs = "privacy")]
sealed record ReviewTiesRequest(PageAsk Page);

/// <param name="Relation">"self", "relative", "household", "friend", "colleague".</param>
/// <param name="DeclaredAt">Null for "self".</param>
sealed record TieLine(Guid StaffId, string Staff, Guid PatientId, string Patient, string Relation, DateTimeOffset? DeclaredAt);

/// <summary>Own charts stand on the first page, before the others.</summary>
sealed record TieList(IReadOnlyList<TieLine> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(t => t.PatientId);
}

sealed class ReviewTiesHandler(IdentityDb db, CurrentStaff staff) : IHandle<ReviewTiesRequest, TieList>
{
    public async Task<Outcome<TieList>> Handle(ReviewTiesRequest ask, CancellationToken ct)
    {
        _ = staff;
        var ties = db.ChartTies.AsNoTracking();
        List<TieLine> own = [];
        if (ask.Page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            ties = ties.Where(t => t.DeclaredAt < at || (t.DeclaredAt == at && t.Id < id));
        }
        else
        {
            own = await (from m in db.StaffMembers join p in db.Patients on m.ChartId equals p.Id orderby m.Name select new TieLine(m.Id, m.Name, p.Id, p.Name, "self", null)).Take(500).ToListAsync(ct);
        }
        var rows = await (
            from t in ties
            orderby t.DeclaredAt descending, t.Id descending
            join m in db.StaffMembers on t.StaffId equals m.Id
            join p in db.Patients on t.PatientId equals p.Id
            select new { t.Id, Line = new TieLine(m.Id, m.Name, p.Id, p.Name, t.Relation, t.DeclaredAt) }).Take(ask.Page.Take + 1).ToListAsync(ct);
        var shown = rows.Take(ask.Page.Take).ToList();
        return new TieList([.. own, .. shown.Select(r => r.Line)], rows.Count > shown.Count ? Cursor.Write(shown[^1].Line.DeclaredAt!.Value, shown[^1].Id) : null);
    }
}

/// <summary>The privacy officer takes back what a staff member said about a chart, their own too; nobody does that for themselves.</summary>
[StandsBeforeChart, Does(Act.Delete, "tie", "Took back that a staff member knows this patient", Needs = "privacy")]
sealed record EndTieRequest(Guid Member, Guid PatientId);

sealed class EndTieHandler(IdentityDb db, CurrentStaff staff, RequestScope scope) : IHandle<EndTieRequest, Done>
{
    public async Task<Outcome<Done>> Handle(EndTieRequest ask, CancellationToken ct)
    {
        var tie = await db.ChartTies.SingleOrDefaultAsync(t => t.StaffId == ask.Member && t.PatientId == ask.PatientId, ct);
        var own = await db.StaffMembers.SingleOrDefaultAsync(m => m.Id == ask.Member && m.ChartId == ask.PatientId, ct);
        if (tie is null && own is null) return Outcome.NotFound;
        if (ask.Member == staff.Id) return Outcome.Refused("own_tie", "You can't take back what you said about yourself.", "Another privacy officer does that.");
        scope.AboutPatient = ask.PatientId;
        if (tie is not null) db.Remove(tie);
        if (own is not null) own.ChartId = null;
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

sealed class ReviewTiesApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/ties", async ([AsParameters] PageAsk page, IHandle<ReviewTiesRequest, TieList> list, CancellationToken ct) => (await list.Handle(new(page), ct)).ToHttp())
           .WithName("ReviewTies").Produces<TieList>().ProducesProblem(400).ProducesProblem(403);
        api.MapDelete("/members/{member:guid}/ties/{chart:guid}", async (Guid member, Guid chart, IHandle<EndTieRequest, Done> end, CancellationToken ct) =>
                (await end.Handle(new(member, chart), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("EndTie").Produces(204).ProducesProblem(404).ProducesProblem(422);
    }
}
