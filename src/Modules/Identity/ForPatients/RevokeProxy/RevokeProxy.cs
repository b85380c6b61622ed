using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForPatients.RevokeProxy;

/// <summary>
/// A patient ends what somebody else may see and do for them, or that person gives it up; it holds from the next request on. What the law gave
/// somebody (a parent, a guardian, a court's order) is not the patient's to end, and never another proxy's.
/// </summary>
[Does(Act.Delete, "proxy", "Ended somebody's access to this record")]
sealed record RevokeProxyRequest(Guid Grant);

sealed class RevokeProxyHandler(IdentityDb db, CurrentPatient me, RequestScope scope, Grants grants) : IHandle<RevokeProxyRequest, Done>
{
    public async Task<Outcome<Done>> Handle(RevokeProxyRequest ask, CancellationToken ct)
    {
        var grant = await db.Grants.SingleOrDefaultAsync(g => g.Id == ask.Grant && g.PatientId == me.Id, ct);
        if (grant is null) return Outcome.NotFound;
        var holder = !me.IsSelf && grant.AccountId == scope.Actor.AccountId;
        // One parent must not be able to shut the other out.
        if (!me.IsSelf && !holder) return Outcome.Forbidden("not_the_patient", "Only the patient can end somebody's access. The clinic can help with anything else.");
        if (!holder && !ProxyPolicy.IsPatientsToEnd(grant.Basis)) return Outcome.Refused("rests_on_law", "This access rests on the law, not on your wish.", "Talk to the clinic: they look at the papers with you.");
        if (grant.RevokedAt is not null) return default(Done);

        if (holder) await grants.GiveUp(grant, ct);
        else grants.End(grant, scope.Actor.AccountId, "patient");
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

/// <summary>Who would lose what: the question before the end.</summary>
[Does(Act.Read, "proxies", "Looked at who may act for this patient")]
sealed record EndingProxyRequest(Guid Grant);

sealed record EndingProxy(string Name, string Relation, IReadOnlyList<string> Scopes);

sealed class EndingProxyHandler(IdentityDb db, CurrentPatient me) : IHandle<EndingProxyRequest, EndingProxy>
{
    public async Task<Outcome<EndingProxy>> Handle(EndingProxyRequest ask, CancellationToken ct)
    {
        var found = await (from g in db.Grants.AsNoTracking() join a in db.Accounts on g.AccountId equals a.Id where g.Id == ask.Grant && g.PatientId == me.Id && g.RevokedAt == null select new { g, a.Name }).SingleOrDefaultAsync(ct);
        return found is null || !me.IsSelf ? Outcome.NotFound : new EndingProxy(found.Name, found.g.Relation, Grant.Read(found.g.Scopes));
    }
}

sealed class RevokeProxyApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/proxies/{grant:guid}/revoke", async (Guid grant, IHandle<RevokeProxyRequest, Done> revoke, CancellationToken ct) =>
                (await revoke.Handle(new(grant), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("RevokeProxy").Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(422);
}
