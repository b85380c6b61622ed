using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Identity.ForEveryone.ActivateAccount;

/// <summary>A patient with a code from the clinic makes their account; wrong, used, replaced, expired and tried too often all end in the same words.</summary>
sealed record ActivateAccountRequest(string? ActivationCode, DateOnly? DateOfBirth, string? Username, string? Email, string? Password);

sealed record ActivatedAccount(Guid UserId, string Username);

sealed class ActivateAccountRules : AbstractValidator<ActivateAccountRequest>
{
    public ActivateAccountRules(IConfiguration settings)
    {
        RuleFor(r => r.ActivationCode).NotEmpty().WithMessage("Enter the code from your letter.").MaximumLength(64);
        RuleFor(r => r.DateOfBirth).NotNull().WithMessage("Enter your date of birth.");
        RuleFor(r => r.Username).Must(LoginName.IsWellFormed).WithMessage(LoginName.Rule);
        RuleFor(r => r.Email).NotEmpty().WithMessage("Enter an e-mail address that you read.").MaximumLength(254).WithMessage("That is longer than an e-mail address can be.");
        RuleFor(r => r.Email).Must(MailAddress.IsWellFormed).WithMessage("An e-mail address looks like name@example.org.").When(r => !string.IsNullOrEmpty(r.Email));
        RuleFor(r => r).Custom((r, context) =>
        {
            if (PasswordRules.ProblemWith(r.Password, hasSecondFactor: false, r.Username, r.Email?.Split('@')[0], Clinic.Of(settings).Name) is { } problem)
                context.AddFailure(nameof(r.Password), problem);
        });
    }
}

sealed class ActivateAccountHandler(IdentityDb db, Passwords passwords, Failures failures, AccountTrail trail, MinorsAccounts minors, NewAccounts accounts, TimeProvider clock)
    : IHandle<ActivateAccountRequest, ActivatedAccount>
{
    static readonly Refusal Dead = Outcome.Refused("activation_refused",
        "This code and date of birth don't open an account.", "Check both against your letter. If they are right, ask the clinic for a new code.");

    public async Task<Outcome<ActivatedAccount>> Handle(ActivateAccountRequest ask, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var hash = Secret.HashTyped(ask.ActivationCode!);
        var code = await db.ActivationCodes.AsNoTracking().SingleOrDefaultAsync(c => c.CodeHash == hash, ct);
        // Whoever has a letter gets in however many others fail in the same network.
        if (code?.IsOpen(now) is not true && failures.HoldAddress() is { } hold) return hold;

        // The slow hash comes always: how long the answer takes says nothing about the code.
        if ((await passwords.Hash(ask.Password!, ct)).Refused(out var full, out var password)) return full;
        if (code?.IsOpen(now) is not true) return await Fail("unknown_code", ct);

        // The try is taken before the birth date is looked at: however many guess at once, five are looked at.
        var taken = await db.InTransaction(() => db.ActivationCodes.Where(c => c.Id == code.Id && c.UsedAt == null && c.RevokedAt == null && c.Tries < IdentityLimits.ActivationTries)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Tries, c => c.Tries + 1).SetProperty(c => c.OpenedAt, c => c.OpenedAt ?? now), ct), ct);
        if (taken == 0) return await Fail("unknown_code", ct);

        var patient = await db.Patients.SingleAsync(p => p.Id == code.PatientId, ct);
        if (patient.BirthDate != ask.DateOfBirth) return await Fail("wrong_birth_date", ct);
        await db.InTransaction(() => db.ActivationCodes.Where(c => c.Id == code.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.Tries, c => c.Tries - 1), ct), ct);
        if (!await minors.MayHaveOne(patient, ct)) return await Fail("too_young", ct);
        if (await minors.Concern(patient, ask.Email!, ct))
        {
            await trail.Write(null, "account", "Tried to activate an account", "needs_clinic", ct);
            // Neither whose address it is nor that it is somebody's.
            return Outcome.Refused("needs_clinic", "The clinic has to finish this with you.", "Please call the clinic. Your code stays good.");
        }
        if (PasswordRules.ProblemWith(ask.Password, hasSecondFactor: false, patient.GivenName, patient.FamilyName) is { } personal)
            return Outcome.Invalid("password", personal);

        var account = await accounts.For(patient, ask.Username!, ask.Email!, password, ct);
        var outcome = await db.InTransaction(() => accounts.Open(account, patient, new ActivatedAccount(account.Id, account.UserName), Dead, async () =>
            await db.ActivationCodes.Where(c => c.Id == code.Id && c.UsedAt == null && c.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), ct) > 0, ct), ct);
        if (outcome.Refusal is { Code: "activation_refused" }) return await Fail("used_code", ct);
        if (outcome.IsOk) await trail.Write(account, "account", "Activated the account", "ok", ct);
        return outcome;
    }

    async Task<Refusal> Fail(string why, CancellationToken ct)
    {
        failures.CountAddress();
        await trail.Write(null, "account", "Tried to activate an account", why, ct);
        return Dead;
    }
}

sealed class ActivateAccountApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/activation", async (ActivateAccountRequest ask, IHandle<ActivateAccountRequest, ActivatedAccount> activate, CancellationToken ct) =>
                (await activate.Handle(ask, ct)).ToHttp(a => Results.Created("/api/v1/me", a)))
           .WithName("ActivateAccount").Produces<ActivatedAccount>(201).ProducesProblem(400).ProducesProblem(422).ProducesProblem(429);
}
