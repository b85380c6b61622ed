using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ListProxyConcerns;

/// <summary>What staff have to look at about proxies and minors, longest waiting first: invitations that wrong birth dates closed, teens whose address is a guardian's, who came of age.</summary>
[Does(Act.Read, "proxies", "Saw this record in the list of matters about proxies", Needs = "proxies")]
sealed record ListProxyConcernsRequest(int? Limit, string? Cursor);

sealed record Concerns(IReadOnlyList<Concern> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(i => i.PatientId);
}

/// <param name="Kind">"invitation-denied", "shared-contact", "came-of-age" or "charts-joined".</param>
sealed record Concern(Guid Id, Guid PatientId, string Patient, string ChartNumber, ConcernKind Kind, DateTimeOffset FoundAt);

sealed class ListProxyConcernsHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings) : IHandle<ListProxyConcernsRequest, Concerns>
{
    public async Task<Outcome<Concerns>> Handle(ListProxyConcernsRequest ask, CancellationToken ct)
    {
        if (!staff.May("proxies")) return Outcome.NotFound;
        var after = Guid.Empty;
        if (ask.Cursor is not null && !Guid.TryParseExact(ask.Cursor, "N", out after)) return Cursor.Bad;
        var take = PageAsk.Of(ask.Limit).Take;
        var zone = Ui.Clinic.Of(settings).Zone;
        // Ids grow with time.
        var rows = await (
            from c in db.ProxyConcerns.AsNoTracking()
            join p in db.Patients on c.PatientId equals p.Id
            where c.SettledAt == null && c.Id > after
            orderby c.Id
            select new { c.Id, PatientId = p.Id, p.Name, p.ChartNumber, c.Kind, c.FoundAt }).Take(take + 1).ToListAsync(ct);
        return new Concerns(
            [.. rows.Take(take).Select(r => new Concern(r.Id, r.PatientId, r.Name, r.ChartNumber, r.Kind, Zones.In(r.FoundAt, zone)))],
            rows.Count > take ? rows[take - 1].Id.ToString("N") : null);
    }
}

/// <summary>How many wait.</summary>
[Does(Act.Read, "proxies", "Counted the matters about proxies", Needs = "proxies", Trail = false, Because = "A number; nobody is shown.")]
sealed record CountProxyConcernsRequest;

sealed class CountProxyConcernsHandler(IdentityDb db, CurrentStaff staff) : IHandle<CountProxyConcernsRequest, int>
{
    public async Task<Outcome<int>> Handle(CountProxyConcernsRequest ask, CancellationToken ct) =>
        staff.May("proxies") ? await db.ProxyConcerns.CountAsync(c => c.SettledAt == null, ct) : Outcome.NotFound;
}

sealed class ListProxyConcernsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/proxy-concerns", async (int? limit, string? cursor, IHandle<ListProxyConcernsRequest, Concerns> list, CancellationToken ct) =>
                (await list.Handle(new(limit, cursor), ct)).ToHttp())
           .WithName("ListProxyConcerns").Produces<Concerns>().ProducesProblem(400).ProducesProblem(403);
}
