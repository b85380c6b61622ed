using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.BeginPasskey;

/// <summary>The question with which a browser makes a new passkey for whoever is signed in; nothing changes until its answer comes.</summary>
[Does(Act.Execute, "passkey", "Began to add a passkey", StepUp = true)]
sealed record BeginPasskeyRequest;

sealed class BeginPasskeyHandler(IdentityDb db, Passkeys passkeys, RequestScope scope) : IHandle<BeginPasskeyRequest, PasskeyQuestion>
{
    public async Task<Outcome<PasskeyQuestion>> Handle(BeginPasskeyRequest ask, CancellationToken ct)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == scope.Actor.AccountId, ct);
        if (account is null) return Outcome.NotFound;
        return await passkeys.Ask(PasskeyPurpose.Add, account, ct) is { } question ? question : Passkeys.Unavailable;
    }
}

sealed class BeginPasskeyApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/passkeys/begin", async (IHandle<BeginPasskeyRequest, PasskeyQuestion> begin, CancellationToken ct) => (await begin.Handle(new(), ct)).ToHttp())
           .WithName("BeginPasskey").Produces<PasskeyQuestion>().ProducesProblem(403).ProducesProblem(422);
}
