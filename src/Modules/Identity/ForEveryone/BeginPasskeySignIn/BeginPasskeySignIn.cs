using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.BeginPasskeySignIn;

/// <summary>Somebody wants to sign in with a passkey: the question for their browser, the same for everybody, since no name is told.</summary>
sealed record BeginPasskeySignInRequest;

sealed class BeginPasskeySignInHandler(Passkeys passkeys, Failures failures) : IHandle<BeginPasskeySignInRequest, PasskeyQuestion>
{
    public async Task<Outcome<PasskeyQuestion>> Handle(BeginPasskeySignInRequest ask, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        return await passkeys.Ask(PasskeyPurpose.SignIn, null, ct) is { } question ? question : Passkeys.Unavailable;
    }
}

sealed class BeginPasskeySignInApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-in/passkey/begin", async (IHandle<BeginPasskeySignInRequest, PasskeyQuestion> begin, CancellationToken ct) => (await begin.Handle(new(), ct)).ToHttp())
           .WithName("BeginPasskeySignIn").Produces<PasskeyQuestion>().ProducesProblem(422).ProducesProblem(429);
}
