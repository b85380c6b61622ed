using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.SettleProxyConcern;

/// <summary>A staff member has looked at it. For a teen's shared address that means: the teen may make the account with it; for a grant that rests because charts were joined: it is for the joined chart.</summary>
[Does(Act.Update, "proxies", "Settled a matter about proxies", Needs = "proxies")]
sealed record SettleProxyConcernRequest(Guid Concern);

sealed class SettleProxyConcernHandler(IdentityDb db, CurrentStaff staff, Grants grants, RequestScope scope, TimeProvider clock) : IHandle<SettleProxyConcernRequest, Done>
{
    public async Task<Outcome<Done>> Handle(SettleProxyConcernRequest ask, CancellationToken ct)
    {
        if (await db.ProxyConcerns.SingleOrDefaultAsync(c => c.Id == ask.Concern, ct) is not { } concern) return Outcome.NotFound;
        scope.AboutPatient = concern.PatientId;
        if (concern.SettledAt is not null) return default(Done);
        (concern.SettledAt, concern.SettledBy) = (clock.GetUtcNow(), staff.Id);
        if (concern.Kind is ConcernKind.ChartsJoined && await db.Grants.SingleOrDefaultAsync(g => g.Id == concern.SubjectId && g.RevokedAt == null, ct) is { } grant)
        {
            grant.RestsSince = null;
            await grants.TellAll(await db.Patients.SingleAsync(p => p.Id == grant.PatientId, ct), ct);
        }
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

sealed class SettleProxyConcernApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/proxy-concerns/{concern:guid}/settle", async (Guid concern, IHandle<SettleProxyConcernRequest, Done> settle, CancellationToken ct) =>
                (await settle.Handle(new(concern), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("SettleProxyConcern").Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412);
}
