using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForPatients.SeeProxies;

/// <summary>Who may act for the patient, what that opens today, and how the invitations stand. For the patient alone: proxies don't learn of each other.</summary>
[Does(Act.Read, "proxies", "Looked at who may act for this patient")]
sealed record SeeProxiesRequest;

sealed record MyProxies(IReadOnlyList<MyProxy> Proxies, IReadOnlyList<MyInvitation> Invitations);

/// <param name="Scopes">What was granted.</param>
/// <param name="OpensNow">What of it is open today: age, a conflict or a date may narrow it.</param>
/// <param name="Basis">On what it rests: "patients-wish", "parental-responsibility"...</param>
/// <param name="Yours">True when the patient may change and end it alone.</param>
/// <param name="EndsAt">Null while no end is set.</param>
sealed record MyProxy(Guid Id, string Name, string Relation, IReadOnlyList<string> Scopes, IReadOnlyList<string> OpensNow, LegalBasis Basis, bool Yours, DateTimeOffset StartsAt, DateTimeOffset? EndsAt);

/// <param name="State">"waiting", "accepted", "denied", "withdrawn", "replaced" or "expired".</param>
sealed record MyInvitation(Guid Id, string Name, string Email, string Relation, IReadOnlyList<string> Scopes, InvitationState State, DateTimeOffset InvitedAt, DateTimeOffset ExpiresAt);

sealed class SeeProxiesHandler(IdentityDb db, CurrentPatient me, AgeTiers tiers, TimeProvider clock) : IHandle<SeeProxiesRequest, MyProxies>
{
    /// <summary>An invitation that came to nothing is shown this long.</summary>
    static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    const int Most = 100;

    public async Task<Outcome<MyProxies>> Handle(SeeProxiesRequest ask, CancellationToken ct)
    {
        if (!me.IsSelf) return Outcome.Forbidden("not_the_patient", "Only the patient sees who else may act for them.");
        var now = clock.GetUtcNow();
        var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == me.Id, ct);
        var current = await tiers.Current(ct);
        var grants = await (
            from g in db.Grants.AsNoTracking()
            join a in db.Accounts on g.AccountId equals a.Id
            where g.PatientId == me.Id && g.RevokedAt == null && (g.EndsAt == null || g.EndsAt > now)
            orderby a.Name
            select new { g, a.Name }).Take(Most).ToListAsync(ct);
        var since = now - Shown;
        var invitations = await db.ProxyInvitations.AsNoTracking().Where(i => i.PatientId == me.Id && i.InvitedAt > since && i.AcceptedAt == null)
            .OrderByDescending(i => i.InvitedAt).Take(Most).ToListAsync(ct);
        return new MyProxies(
            [.. grants.Select(x => new MyProxy(x.g.Id, x.Name, x.g.Relation, Grant.Read(x.g.Scopes), Grants.Open(x.g, patient, current, now), x.g.Basis, ProxyPolicy.IsPatientsToEnd(x.g.Basis), In(x.g.StartsAt), x.g.EndsAt is { } end ? In(end) : null))],
            [.. invitations.Select(i => new MyInvitation(i.Id, i.Name, i.Email, i.Relation, Grant.Read(i.Scopes), i.StateAt(now), In(i.InvitedAt), In(i.ExpiresAt)))]);
    }

    DateTimeOffset In(DateTimeOffset at) => Zones.In(at, me.TimeZone);
}

sealed class SeeProxiesApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/proxies", async (IHandle<SeeProxiesRequest, MyProxies> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithName("SeeProxies").Produces<MyProxies>().ProducesProblem(403).ProducesProblem(404);
}
