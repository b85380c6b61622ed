using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Identity.ForEveryone.FinishSignUp;

/// <summary>
/// Whoever holds the link of a sign-up and knows the birth date makes the account; wrong, used, replaced, expired and tried too often all end in the
/// same words. The account's address is the one that the link went to.
/// </summary>
sealed record FinishSignUpRequest(string? Token, DateOnly? DateOfBirth, string? Username, string? Password);

sealed record SignedUp(Guid UserId, string Username);

sealed class FinishSignUpRules : AbstractValidator<FinishSignUpRequest>
{
    public FinishSignUpRules(IConfiguration settings)
    {
        RuleFor(r => r.Token).NotEmpty().WithMessage("Open the link in the e-mail, or copy it here.").MaximumLength(128);
        RuleFor(r => r.DateOfBirth).NotNull().WithMessage("Enter your date of birth.");
        RuleFor(r => r.Username).Must(LoginName.IsWellFormed).WithMessage(LoginName.Rule);
        RuleFor(r => r).Custom((r, context) =>
        {
            if (PasswordRules.ProblemWith(r.Password, hasSecondFactor: false, r.Username, Clinic.Of(settings).Name) is { } problem) context.AddFailure(nameof(r.Password), problem);
        });
    }
}

sealed class FinishSignUpHandler(IdentityDb db, Passwords passwords, Failures failures, NewAccounts accounts, AccountTrail trail, TimeProvider clock) : IHandle<FinishSignUpRequest, SignedUp>
{
    static readonly Refusal Dead = Outcome.Refused("sign_up_refused",
        "This link and date of birth don't open an account.", "Check the date. If it is right, the link has been used, replaced or is older than 24 hours: ask for a new one.");

    public async Task<Outcome<SignedUp>> Handle(FinishSignUpRequest ask, CancellationToken ct)
    {
        // The slow hash comes first and always: how long the answer takes says nothing about the link.
        if ((await passwords.Hash(ask.Password!, ct)).Refused(out var full, out var password)) return full;

        var (hash, now) = (Secret.Hash(ask.Token!), clock.GetUtcNow());
        // A try is counted before it is looked at: of many at once no more are looked at than there are tries.
        var counted = await db.InTransaction(() => db.SignUps
            .Where(s => s.TokenHash == hash && s.State == SignUpState.LinkSent && s.ExpiresAt > now && s.Tries < IdentityLimits.SignUpTries)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Tries, s => s.Tries + 1), ct), ct);
        if (counted is 0) return await Fail("unknown_link", ct);

        var asked = await db.SignUps.AsNoTracking().SingleAsync(s => s.TokenHash == hash, ct);
        var patient = await db.Patients.SingleAsync(p => p.Id == asked.PatientId, ct);
        if (patient.BirthDate != ask.DateOfBirth) return await Fail("wrong_birth_date", ct);
        if (PasswordRules.ProblemWith(ask.Password, hasSecondFactor: false, patient.GivenName, patient.FamilyName) is { } personal) return await Again(asked.Id, Outcome.Invalid("password", personal), ct);
        // The chart's address was another's meanwhile: the link proved the old one.
        if (patient.IsDeceased || !asked.Email.Equals(patient.Email?.Trim(), StringComparison.OrdinalIgnoreCase)) return await Fail("contact_changed", ct);

        var account = await accounts.For(patient, ask.Username!, asked.Email, password, ct);
        var outcome = await db.InTransaction(() => accounts.Open(account, patient, new SignedUp(account.Id, account.UserName), Dead, async () =>
        {
            // A code that staff gave out for this chart meanwhile opens nothing more.
            await db.ActivationCodes.Where(c => c.PatientId == patient.Id && c.UsedAt == null && c.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.RevokedAt, now), ct);
            return await db.SignUps.Where(s => s.Id == asked.Id && s.State == SignUpState.LinkSent)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SignUpState.Opened).SetProperty(s => s.DecidedAt, now), ct) > 0;
        }, ct), ct);
        if (outcome.Refusal is { Code: "sign_up_refused" }) return await Fail("used_link", ct);
        if (outcome.Refusal is { } taken) return await Again(asked.Id, taken, ct);
        await trail.Write(account, "account", "Signed up and made the account", "ok", ct);
        return outcome;
    }

    /// <summary>The birth date was right: what else is asked for again costs no try.</summary>
    async Task<Refusal> Again(Guid id, Refusal refusal, CancellationToken ct)
    {
        await db.InTransaction(() => db.SignUps.Where(s => s.Id == id && s.Tries > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Tries, s => s.Tries - 1), ct), ct);
        return refusal;
    }

    async Task<Refusal> Fail(string why, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        failures.CountAddress();
        await trail.Write(null, "account", "Tried to finish a sign-up", why, ct);
        return Dead;
    }
}

sealed class FinishSignUpApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-up/finish", async (FinishSignUpRequest ask, IHandle<FinishSignUpRequest, SignedUp> finish, CancellationToken ct) =>
                (await finish.Handle(ask, ct)).ToHttp(a => Results.Created("/api/v1/me", a)))
           .WithName("FinishSignUp").Produces<SignedUp>(201).ProducesProblem(400).ProducesProblem(422).ProducesProblem(429);
}
