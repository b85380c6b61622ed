using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForMembers.EndOtherSessions;

/// <summary>Signs out everywhere but here.</summary>
[Does(Act.Delete, "session", "Signed out all other devices")]
sealed record EndOtherSessionsRequest;

sealed class EndOtherSessionsHandler(IdentityDb db, Sessions sessions, RequestScope scope) : IHandle<EndOtherSessionsRequest, Done>
{
    public async Task<Outcome<Done>> Handle(EndOtherSessionsRequest ask, CancellationToken ct)
    {
        await db.InTransaction(() => sessions.EndOthers(scope.Actor.AccountId, scope.Actor.SessionId, "ended_by_owner", ct), ct);
        return default(Done);
    }
}

sealed class EndOtherSessionsApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/sessions/end-others", async (IHandle<EndOtherSessionsRequest, Done> end, CancellationToken ct) => (await end.Handle(new(), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("EndOtherSessions").Produces(204);
}
