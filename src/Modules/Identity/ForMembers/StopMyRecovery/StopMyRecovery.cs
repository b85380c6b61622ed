using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForMembers.StopMyRecovery;

/// <summary>The owner, signed in, did not ask for the recovery that is under way: it ends at once. Needs no proof; who may look may say no.</summary>
[Does(Act.Delete, "account recovery", "Stopped a recovery: it was not them")]
sealed record StopMyRecoveryRequest;

sealed class StopMyRecoveryHandler(IdentityDb db, Recoveries recoveries, RequestScope scope, TimeProvider clock) : IHandle<StopMyRecoveryRequest, Done>
{
    public async Task<Outcome<Done>> Handle(StopMyRecoveryRequest ask, CancellationToken ct)
    {
        var (me, now) = (scope.Actor.AccountId, clock.GetUtcNow());
        if (await db.RecoveryCases.AsNoTracking().SingleOrDefaultAsync(c => c.OpenFor == me && c.ExpiresAt > now, ct) is not { } recovery) return Outcome.NotFound;
        return await recoveries.Stop(recovery, await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == me, ct), Outcome.NotFound, ct);
    }
}

sealed class StopMyRecoveryApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/recovery/stop", async (IHandle<StopMyRecoveryRequest, Done> stop, CancellationToken ct) => (await stop.Handle(new(), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("StopMyRecovery").Produces(204).ProducesProblem(404);
}
