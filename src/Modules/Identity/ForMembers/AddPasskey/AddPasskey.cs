using System.Text.Json;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.AddPasskey;

/// <summary>A new passkey of whoever is signed in, checked and named; the owner is told, and all other sessions end. At most ten.</summary>
/// <param name="Credential">What <c>navigator.credentials.create()</c> gave, in the standard's JSON form.</param>
[Does(Act.Create, "passkey", "Added a passkey", StepUp = true)]
sealed record AddPasskeyRequest(string? Challenge, string? Credential, string? Name);

sealed record AddPasskeyBody(string? Challenge, JsonElement Credential, string? Name);

sealed class AddPasskeyRules : AbstractValidator<AddPasskeyRequest>
{
    public AddPasskeyRules()
    {
        RuleFor(r => r.Challenge).NotEmpty().MaximumLength(4000);
        RuleFor(r => r.Credential).NotEmpty().MaximumLength(IdentityLimits.PasskeyAnswerLongest);
        RuleFor(r => r.Name).NotEmpty().WithMessage("Give it a name by which you know it again.").MaximumLength(60).WithMessage("Use at most 60 characters.");
    }
}

sealed class AddPasskeyHandler(IdentityDb db, Passkeys passkeys, SecondFactors factors, Sessions sessions, RequestScope scope, TimeProvider clock) : IHandle<AddPasskeyRequest, MyPasskey>
{
    static readonly Refusal Wrong = Outcome.Refused("passkey_refused", "That did not make a passkey: it took too long, was used already, or the device did not check that it is you.", "Try again.");
    static readonly Refusal Many = Outcome.Refused("too_many_passkeys", "You have ten passkeys already.", "Remove one that you no longer use.");

    public async Task<Outcome<MyPasskey>> Handle(AddPasskeyRequest ask, CancellationToken ct)
    {
        if (!passkeys.Work) return Passkeys.Unavailable;
        if (await passkeys.Made(ask.Challenge, ask.Credential, scope.Actor.AccountId) is not { } made) return Wrong;
        var passkey = new Passkey
        {
            Id = Ids.New(clock), AccountId = scope.Actor.AccountId, CredentialId = made.CredentialId, PublicKey = made.PublicKey, Name = ask.Name!.Trim(), SignCount = made.SignCount,
            Transports = string.Join(',', made.Transports ?? []), IsBackupEligible = made.IsBackupEligible, IsBackedUp = made.IsBackedUp, CreatedAt = clock.GetUtcNow(),
        };
        return await db.InTransaction<Outcome<MyPasskey>>(async () =>
        {
            // Held, so that of two that come at once the second counts the first.
            await db.Accounts.Where(a => a.Id == passkey.AccountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.TotpStep, a => a.TotpStep), ct);
            if (await db.Passkeys.CountAsync(p => p.AccountId == passkey.AccountId, ct) >= IdentityLimits.Passkeys) return Many;
            passkeys.Spent(ask.Challenge!);
            db.Add(passkey);
            factors.Announce(await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == passkey.AccountId, ct), "passkey_added");
            var mine = new MyPasskey(passkey.Id, passkey.Name, passkey.IsBackedUp, passkey.CreatedAt, null);
            if (await db.TrySave(mine, ct) is not Saved.Done) return Wrong;
            await sessions.EndOthers(passkey.AccountId, scope.Actor.SessionId, "passkey_added", ct);
            return mine;
        }, ct);
    }
}

sealed class AddPasskeyApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/passkeys", async (AddPasskeyBody body, IHandle<AddPasskeyRequest, MyPasskey> add, CancellationToken ct) =>
                (await add.Handle(new(body.Challenge, body.Credential.ValueKind is JsonValueKind.Object ? body.Credential.GetRawText() : null, body.Name), ct))
                    .ToHttp(p => Results.Created($"/api/v1/me/passkeys/{p.Id}", p)))
           .WithName("AddPasskey").Produces<MyPasskey>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(422);
}
