using System.Text.Json;
using System.Text.Json.Serialization;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.SignInWithPasskey;

/// <summary>A passkey opens a session without a user name; it counts as both factors, and whatever is wrong with it gets one answer.</summary>
/// <param name="Credential">What <c>navigator.credentials.get()</c> gave, in the standard's JSON form.</param>
sealed record SignInWithPasskeyRequest(string? Challenge, string? Credential)
{
    [JsonIgnore] public Door Door { get; init; } = Door.Api;
}

/// <summary>The wire form: a client can't choose its door.</summary>
sealed record SignInWithPasskeyBody(string? Challenge, JsonElement Credential);

sealed class SignInWithPasskeyRules : AbstractValidator<SignInWithPasskeyRequest>
{
    public SignInWithPasskeyRules()
    {
        RuleFor(r => r.Challenge).NotEmpty().MaximumLength(4000);
        RuleFor(r => r.Credential).NotEmpty().MaximumLength(IdentityLimits.PasskeyAnswerLongest);
    }
}

sealed class SignInWithPasskeyHandler(IdentityDb db, Passkeys passkeys, Failures failures, Sessions sessions, Devices devices, AccountTrail trail) : IHandle<SignInWithPasskeyRequest, Tokens>
{
    static readonly Refusal Wrong = Outcome.Unauthorized("passkey_refused", "That passkey did not open an account here. Try again, or sign in with your password.");

    public async Task<Outcome<Tokens>> Handle(SignInWithPasskeyRequest ask, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        if (!passkeys.Work) return Passkeys.Unavailable;
        if (await passkeys.Answered(PasskeyPurpose.SignIn, ask.Challenge, ask.Credential, null) is not var (account, used)) return await Fail(null, "passkey_refused", ct);
        if (account.DisabledAt is not null) return await Fail(account, "account_disabled", ct);

        var before = await passkeys.CountOf(used.CredentialId, ct);
        var outcome = await db.InTransaction<Outcome<Tokens>>(async () =>
        {
            // The row stays held until the session stands, so that whoever disables the account after this finds the session and ends it.
            if (await db.Accounts.Where(a => a.Id == account.Id && a.DisabledAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.TotpStep, a => a.TotpStep), ct) is 0) return Wrong;
            if (!await passkeys.Spend(ask.Challenge!, used, before, ct)) return Wrong;
            await failures.Forget(account.UserNameKey, ct);
            await devices.SignedIn(account, remember: false, ask.Door, ct);
            var tokens = sessions.Start(account, ask.Door);
            return await db.TrySave(null, ct) is Saved.Done ? tokens : Wrong;
        }, ct);
        if (!outcome.IsOk) return await Fail(account, "passkey_used", ct);
        devices.Hand();
        await trail.Write(account, "sign-in", "Signed in with a passkey", "ok", ct);
        return outcome;
    }

    async Task<Refusal> Fail(Account? account, string why, CancellationToken ct)
    {
        failures.CountAddress();
        await trail.Write(account, "sign-in", "Tried to sign in with a passkey", why, ct);
        return Wrong;
    }
}

sealed class SignInWithPasskeyApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-in/passkey", async (SignInWithPasskeyBody body, IHandle<SignInWithPasskeyRequest, Tokens> signIn, CancellationToken ct) =>
                (await signIn.Handle(new(body.Challenge, body.Credential.ValueKind is JsonValueKind.Object ? body.Credential.GetRawText() : null), ct)).ToHttp())
           .WithName("SignInWithPasskey").Produces<Tokens>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(422).ProducesProblem(429);
}
