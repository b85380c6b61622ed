using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.NewRecoveryCodes;

/// <summary>Ten new recovery codes; those before are dead.</summary>
[Does(Act.Update, "second factor", "Made new recovery codes")]
sealed record NewRecoveryCodesRequest(string? Password, string? Code);

sealed class NewRecoveryCodesRules : AbstractValidator<NewRecoveryCodesRequest>
{
    public NewRecoveryCodesRules()
    {
        RuleFor(r => r.Password).NotEmpty().WithMessage("Enter your password.").MaximumLength(2 * IdentityLimits.PasswordLongest).WithMessage("That is longer than any password here.");
        RuleFor(r => r.Code).MaximumLength(64).WithMessage("That is longer than any code here.");
    }
}

sealed class NewRecoveryCodesHandler(IdentityDb db, SecondFactors factors) : IHandle<NewRecoveryCodesRequest, RecoveryCodes>
{
    public Task<Outcome<RecoveryCodes>> Handle(NewRecoveryCodesRequest ask, CancellationToken ct) => factors.Prove<RecoveryCodes>(new(ask.Password, ask.Code), async account =>
    {
        if (!account.HasSecondFactor) return Outcome.Refused("no_second_factor", "Recovery codes stand in for an authenticator app, and none is set up.", "Set up an app first.");
        var codes = new RecoveryCodes(await factors.NewCodes(account.Id, ct));
        factors.Announce(account, "recovery_codes_changed");
        return await db.TrySave(null, ct) is Saved.Done ? codes : Outcome.Stale();
    }, ct);
}

sealed class NewRecoveryCodesApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/second-factor/recovery-codes", async (NewRecoveryCodesRequest ask, IHandle<NewRecoveryCodesRequest, RecoveryCodes> make, CancellationToken ct) =>
                (await make.Handle(ask, ct)).ToHttp())
           .WithName("NewRecoveryCodes").Produces<RecoveryCodes>().ProducesProblem(400).ProducesProblem(422).ProducesProblem(429);
}
