using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForPatients.RevokeProxy;

/// <summary>A patient ends what somebody else may see and do for them; it holds from that person's next request on.</summary>
[Does(Act.Delete, "proxy", "Ended somebody's access to this record")]
sealed record RevokeProxyRequest(Guid Grant);

sealed class RevokeProxyHandler(IdentityDb db, CurrentPatient me, TimeProvider clock) : IHandle<RevokeProxyRequest, Done>
{
    public async Task<Outcome<Done>> Handle(RevokeProxyRequest ask, CancellationToken ct)
    {
        var grant = await db.Grants.SingleOrDefaultAsync(g => g.Id == ask.Grant && g.PatientId == me.Id, ct);
        if (grant is null) return Outcome.NotFound;
        // One parent must not be able to shut the other out.
        if (!me.IsSelf) return Outcome.Forbidden("not_the_patient", "Only the patient can end somebody's access. The clinic can help with anything else.");
        if (grant.RevokedAt is not null) return default(Done);

        grant.RevokedAt = clock.GetUtcNow();
        db.Announce(new ProxyRevoked(grant.Id, grant.PatientId, grant.AccountId), grant.PatientId);
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

sealed class RevokeProxyApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/proxies/{grant:guid}/revoke", async (Guid grant, IHandle<RevokeProxyRequest, Done> revoke, CancellationToken ct) =>
                (await revoke.Handle(new(grant), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("RevokeProxy").Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412);
}
