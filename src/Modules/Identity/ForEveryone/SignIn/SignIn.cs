using System.Text.Json.Serialization;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.SignIn;

/// <summary>Somebody proves who they are and gets a session; every failure sounds and takes the same, whether the account exists or not.</summary>
sealed record SignInRequest(string? Username, string? Password, string? Code, string? RecoveryCode = null)
{
    [JsonIgnore] public Door Door { get; init; } = Door.Api;

    /// <summary>Set by the page's second step, which carries sealed proof of the first: which version of the account the password was right for.</summary>
    [JsonIgnore] public int? PasswordProvenFor { get; init; }

    /// <summary>The page's wish not to be asked for a code in this browser for 30 days; nothing for staff and programs.</summary>
    [JsonIgnore] public bool Remember { get; init; }

    [JsonIgnore] public bool PasswordProven => PasswordProvenFor is not null;
}

/// <summary>The wire form: a client can't choose its door.</summary>
/// <param name="RecoveryCode">In the place of <paramref name="Code"/>, when the device that shows codes is lost; each works once.</param>
sealed record SignInBody(string? Username, string? Password, string? Code, string? RecoveryCode);

sealed class SignInRules : AbstractValidator<SignInRequest>
{
    public SignInRules()
    {
        RuleFor(r => r.Username).NotEmpty().WithMessage("Enter your user name.");
        RuleFor(r => r.Password).NotEmpty().WithMessage("Enter your password.").When(r => !r.PasswordProven);
        RuleFor(r => r.Password).MaximumLength(2 * IdentityLimits.PasswordLongest).WithMessage("That is longer than any password here.");
    }
}

sealed class SignInHandler(IdentityDb db, Passwords passwords, Failures failures, Sessions sessions, SecondFactors factors, Devices devices, AccountTrail trail, TimeProvider clock) : IHandle<SignInRequest, Tokens>
{
    static readonly Refusal Wrong = Outcome.Unauthorized("invalid_credentials", "The user name, password or code did not match. Please try again.");
    static readonly Refusal CodeWanted = Outcome.Unauthorized("second_factor_required", "Enter the 6-digit code from your authenticator app.");

    public async Task<Outcome<Tokens>> Handle(SignInRequest ask, CancellationToken ct)
    {
        var name = LoginName.Key(ask.Username);
        if (await failures.Hold(name, ct) is { } hold) return hold;

        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.UserNameKey == name, ct);
        if (!ask.PasswordProven)
        {
            if ((await passwords.Verify(account?.PasswordHash, ask.Password!, ct)).Refused(out var full, out var matches)) return full;
            if (!matches) return await Fail(name, account, "wrong_password", ct);
        }
        if (account is null) return await Fail(name, null, "unknown", ct);
        // The password or the second factor was changed since the first step.
        if (ask.PasswordProvenFor is { } version && version != account.Version) return await Fail(name, account, "changed_meanwhile", ct);
        if (account.DisabledAt is not null) return await Fail(name, account, "account_disabled", ct);

        var step = account.TotpStep;
        Guid? remembered = null;
        if (account.TotpSecret is { } secret)
        {
            var byRecovery = !string.IsNullOrWhiteSpace(ask.RecoveryCode);
            if (byRecovery) step = 0;
            else if (string.IsNullOrWhiteSpace(ask.Code))
            {
                if (await Remembered(account, name, ask.Door, ct) is not { } device) return CodeWanted;
                remembered = device;
            }
            else if (Totp.Accept(secret, ask.Code, clock.GetUtcNow(), account.TotpStep) is { } accepted) step = accepted;
            else return await Fail(name, account, "wrong_code", ct);
        }
        // Every way in has the same strength: a staff account without a second factor opens nothing.
        else if (account.Kind is AccountKind.Staff) return await Fail(name, account, "no_second_factor", ct);

        var recovery = account.HasSecondFactor && step is 0 && remembered is null ? ask.RecoveryCode : null;
        var outcome = await Open(account, name, step, recovery, remembered, ask, ct);
        if (outcome.Refusal is { Code: "invalid_credentials" }) return await Fail(name, account, recovery is null ? "code_used" : "wrong_code", ct);
        if (!outcome.IsOk) return outcome;
        devices.Hand();
        await trail.Write(account, "sign-in", recovery is not null ? "Signed in with a recovery code" : remembered is not null ? "Signed in on a remembered device" : "Signed in", "ok", ct);
        return outcome;
    }

    /// <summary>The patient's browser that skips the code, when that is what asks.</summary>
    async Task<Guid?> Remembered(Account account, string name, Door door, CancellationToken ct) =>
        account.Kind is AccountKind.Patient && door is Door.Page && await devices.Known(name, ct) is { } device && await devices.IsRemembered(device.Id, ct) ? device.Id : null;

    Task<Outcome<Tokens>> Open(Account account, string name, long step, string? recovery, Guid? remembered, SignInRequest ask, CancellationToken ct) => db.InTransaction<Outcome<Tokens>>(async () =>
    {
        // While this one waited for its hash, others may have failed: guesses sent all at once gain nothing.
        if (await failures.Hold(name, ct) is { } hold) return hold;
        // A password, a second factor or an end that came meanwhile ends what rests on the old one. The row stays held until the session stands, so that
        // whoever changes it after this finds the session and ends it.
        if (await db.Accounts.Where(a => a.Id == account.Id && a.Version == account.Version).ExecuteUpdateAsync(set => set.SetProperty(a => a.TotpStep, a => a.TotpStep), ct) == 0) return Wrong;
        if (recovery is not null)
        {
            if (!await factors.SpendRecoveryCode(account, recovery, ct)) return Wrong;
        }
        else if (remembered is { } device)
        {
            // Its owner may have ended it a moment ago.
            if (!await devices.IsRemembered(device, ct)) return CodeWanted;
        }
        else if (account.HasSecondFactor
            && await db.Accounts.Where(a => a.Id == account.Id && a.TotpStep < step).ExecuteUpdateAsync(set => set.SetProperty(a => a.TotpStep, step), ct) == 0) return Wrong;

        await failures.Forget(name, ct);
        await devices.SignedIn(account, ask.Remember && remembered is null, ask.Door, ct);
        var tokens = sessions.Start(account, ask.Door, proven: remembered is null);
        await db.Save(ct);
        return tokens;
    }, ct);

    async Task<Refusal> Fail(string name, Account? account, string why, CancellationToken ct)
    {
        await failures.Count(name, ct);
        await trail.Write(account, "sign-in", "Tried to sign in", why, ct);
        return Wrong;
    }
}

sealed class SignInApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-in", async (SignInBody body, IHandle<SignInRequest, Tokens> signIn, CancellationToken ct) =>
                (await signIn.Handle(new(body.Username, body.Password, body.Code, body.RecoveryCode), ct)).ToHttp())
           .WithName("SignIn").Produces<Tokens>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(429);
}
