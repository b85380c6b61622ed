using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForMembers.EndSession;

/// <summary>Signs out one of one's own sessions, somewhere else; its tokens open nothing from the next request on.</summary>
[Does(Act.Delete, "session", "Signed out another device")]
sealed record EndSessionRequest(Guid Session);

sealed class EndSessionHandler(IdentityDb db, Sessions sessions, RequestScope scope) : IHandle<EndSessionRequest, Done>
{
    public async Task<Outcome<Done>> Handle(EndSessionRequest ask, CancellationToken ct)
    {
        if (!await db.Sessions.AnyAsync(s => s.Id == ask.Session && s.AccountId == scope.Actor.AccountId, ct)) return Outcome.NotFound;
        await db.InTransaction(() => sessions.End(ask.Session, "ended_by_owner", ct), ct);
        return default(Done);
    }
}

sealed class EndSessionApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/sessions/{session:guid}/end", async (Guid session, IHandle<EndSessionRequest, Done> end, CancellationToken ct) =>
                (await end.Handle(new(session), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("EndSession").Produces(204).ProducesProblem(404);
}
