namespace PatientPortal.Identity.ForMembers.SeeSession;

/// <summary>How long one stays signed in. Like every request it counts as a use, so asking is also how a session is kept from ending in silence.</summary>
sealed record SeeSessionRequest;

/// <param name="IdleSeconds">Seconds without a request after which the session ends.</param>
/// <param name="LeftSeconds">Seconds until it ends whatever happens.</param>
sealed record MySessionTime(int IdleSeconds, int LeftSeconds);

sealed class SeeSessionHandler(RequestScope scope, TimeProvider clock) : IHandle<SeeSessionRequest, MySessionTime>
{
    public Task<Outcome<MySessionTime>> Handle(SeeSessionRequest ask, CancellationToken ct) =>
        Task.FromResult<Outcome<MySessionTime>>(scope.Actor.Stay is { } stay
            ? new MySessionTime((int)stay.Idle.TotalSeconds, (int)Math.Max(0, (stay.EndsAt - clock.GetUtcNow()).TotalSeconds)) : Outcome.NotFound);
}

sealed class SeeSessionApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/session", async (IHandle<SeeSessionRequest, MySessionTime> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithName("SeeSession").Produces<MySessionTime>();
}
