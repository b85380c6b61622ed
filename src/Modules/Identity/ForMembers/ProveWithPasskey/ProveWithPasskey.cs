using System.Text.Json;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.ProveWithPasskey;

/// <summary>One of one's own passkeys proves again who sits here; somebody else's proves nothing.</summary>
[Does(Act.Execute, "session", "Proved again who they are, with a passkey")]
sealed record ProveWithPasskeyRequest(string? Challenge, string? Credential);

sealed record ProveWithPasskeyBody(string? Challenge, JsonElement Credential);

sealed class ProveWithPasskeyRules : AbstractValidator<ProveWithPasskeyRequest>
{
    public ProveWithPasskeyRules()
    {
        RuleFor(r => r.Challenge).NotEmpty().MaximumLength(4000);
        RuleFor(r => r.Credential).NotEmpty().MaximumLength(IdentityLimits.PasskeyAnswerLongest);
    }
}

sealed class ProveWithPasskeyHandler(IdentityDb db, Passkeys passkeys, Failures failures, Sessions sessions, RequestScope scope) : IHandle<ProveWithPasskeyRequest, Done>
{
    static readonly Refusal Wrong = Outcome.Refused("passkey_refused", "That passkey did not prove that it is you.", "Try again, or use your password.");

    public async Task<Outcome<Done>> Handle(ProveWithPasskeyRequest ask, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        if (!passkeys.Work) return Passkeys.Unavailable;
        if (await passkeys.Answered(PasskeyPurpose.Prove, ask.Challenge, ask.Credential, scope.Actor.AccountId) is not var (_, used)) return Failed();
        var before = await passkeys.CountOf(used.CredentialId, ct);
        var outcome = await db.InTransaction<Outcome<Done>>(async () =>
        {
            if (!await passkeys.Spend(ask.Challenge!, used, before, ct)) return Wrong;
            await sessions.Proven(scope.Actor.SessionId, ct);
            return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Wrong;
        }, ct);
        return outcome.IsOk ? outcome : Failed();
    }

    Refusal Failed()
    {
        failures.CountAddress();
        return Wrong;
    }
}

sealed class ProveWithPasskeyApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/prove/passkey", async (ProveWithPasskeyBody body, IHandle<ProveWithPasskeyRequest, Done> prove, CancellationToken ct) =>
                (await prove.Handle(new(body.Challenge, body.Credential.ValueKind is JsonValueKind.Object ? body.Credential.GetRawText() : null), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("ProveWithPasskey").Produces(204).ProducesProblem(400).ProducesProblem(422).ProducesProblem(429);
}
