using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.BeginPasskeyProof;

/// <summary>The question with which one of one's own passkeys proves again who sits here.</summary>
sealed record BeginPasskeyProofRequest;

sealed class BeginPasskeyProofHandler(IdentityDb db, Passkeys passkeys, RequestScope scope) : IHandle<BeginPasskeyProofRequest, PasskeyQuestion>
{
    public async Task<Outcome<PasskeyQuestion>> Handle(BeginPasskeyProofRequest ask, CancellationToken ct)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == scope.Actor.AccountId, ct);
        if (account is null) return Outcome.NotFound;
        return await passkeys.Ask(PasskeyPurpose.Prove, account, ct) is { } question ? question : Passkeys.Unavailable;
    }
}

sealed class BeginPasskeyProofApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/prove/passkey/begin", async (IHandle<BeginPasskeyProofRequest, PasskeyQuestion> begin, CancellationToken ct) => (await begin.Handle(new(), ct)).ToHttp())
           .WithName("BeginPasskeyProof").Produces<PasskeyQuestion>().ProducesProblem(422);
}
