using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.EndSupportView;

/// <summary>Whoever looked at a patient's pages is done: from the next request on these are shut again, and everything else works.</summary>
[StandsBeforeChart, Does(Act.Execute, "support view", "Stopped looking at your pages")]
sealed record EndSupportViewRequest;

sealed class EndSupportViewHandler(IdentityDb db, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<EndSupportViewRequest, Done>
{
    public async Task<Outcome<Done>> Handle(EndSupportViewRequest ask, CancellationToken ct)
    {
        _ = staff;
        var (now, session) = (clock.GetUtcNow(), scope.Actor.SessionId);
        if (scope.Support is not { } view) return default(Done);
        scope.AboutPatient = view.PatientId;
        return await db.InTransaction<Outcome<Done>>(async () =>
        {
            await db.SupportVisits.Where(v => v.SessionId == session && v.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(v => v.EndedAt, now), ct);
            return default(Done);
        }, ct);
    }
}

sealed class EndSupportViewApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/support-view", async (IHandle<EndSupportViewRequest, Done> end, CancellationToken ct) => (await end.Handle(new(), ct)).ToHttp(_ => Results.NoContent()))
           .WithMetadata(new EndsSupportViewAttribute()).WithName("EndSupportView").Produces(204);
}
