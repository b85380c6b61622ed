using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ListProxies;

/// <summary>Who may act for a patient, on what it rests, what it opens today, and whether a conflict keeps it shut.</summary>
[Does(Act.Read, "proxies", "Looked at who may act for this patient", Needs = "patients")]
sealed record ListProxiesRequest;

/// <param name="ConflictReason">What staff wrote; null while there is none, and for those who may not settle it.</param>
sealed record ChartProxies(DateTimeOffset? ConflictAt, string? ConflictReason, IReadOnlyList<ChartProxyLine> Proxies, int InvitationsWaiting);

sealed record ChartProxyLine(Guid Id, string Name, string Username, string Relation, LegalBasis Basis, Guid? Document, IReadOnlyList<string> Scopes, IReadOnlyList<string> OpensNow, DateTimeOffset? EndsAt);

sealed class ListProxiesHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, AgeTiers tiers, TimeProvider clock) : IHandle<ListProxiesRequest, ChartProxies>
{
    const int Most = 100;

    public async Task<Outcome<ChartProxies>> Handle(ListProxiesRequest ask, CancellationToken ct)
    {
        var (now, current) = (clock.GetUtcNow(), await tiers.Current(ct));
        var chart = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id, ct);
        var grants = await (
            from g in db.Grants.AsNoTracking()
            join a in db.Accounts on g.AccountId equals a.Id
            where g.PatientId == patient.Id && g.RevokedAt == null && (g.EndsAt == null || g.EndsAt > now)
            orderby a.Name
            select new { g, a.Name, a.UserName }).Take(Most).ToListAsync(ct);
        var waiting = await db.ProxyInvitations.CountAsync(i => i.PatientId == patient.Id && i.AcceptedAt == null && i.DeniedAt == null && i.WithdrawnAt == null && i.ReplacedAt == null && i.ExpiresAt > now, ct);
        return new ChartProxies(
            chart.ConflictAt is { } since ? Zones.In(since, chart.TimeZone) : null, staff.May("proxies") ? chart.ConflictReason : null,
            [.. grants.Select(x => new ChartProxyLine(x.g.Id, x.Name, x.UserName, x.g.Relation, x.g.Basis, x.g.DocumentId, Grant.Read(x.g.Scopes), Grants.Open(x.g, chart, current, now),
                x.g.EndsAt is { } end ? Zones.In(end, chart.TimeZone) : null))], waiting);
    }
}

sealed class ListProxiesApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/patients/{patient}/proxies", async (IHandle<ListProxiesRequest, ChartProxies> list, CancellationToken ct) => (await list.Handle(new(), ct)).ToHttp())
           .WithName("ListProxies").Produces<ChartProxies>().ProducesProblem(403).ProducesProblem(404);
}
