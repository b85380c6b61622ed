using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.ConfirmSecondFactor;

/// <summary>The app shows its first code: from now on signing in asks for one. All other sessions end, and recovery codes are told, once.</summary>
[Does(Act.Update, "second factor", "Set up a second factor")]
sealed record ConfirmSecondFactorRequest(string? Code);

sealed class ConfirmSecondFactorRules : AbstractValidator<ConfirmSecondFactorRequest>
{
    public ConfirmSecondFactorRules() => RuleFor(r => r.Code).NotEmpty().WithMessage("Enter the 6-digit code that the app shows now.").MaximumLength(64).WithMessage("Enter the 6-digit code that the app shows now.");
}

sealed class ConfirmSecondFactorHandler(IdentityDb db, SecondFactors factors, Failures failures, Sessions sessions, RequestScope scope, TimeProvider clock)
    : IHandle<ConfirmSecondFactorRequest, RecoveryCodes>
{
    static readonly Refusal Begin = Outcome.Refused("set_up_expired", "Setting up took longer than 15 minutes, or was not begun.", "Begin again with your password.");

    public async Task<Outcome<RecoveryCodes>> Handle(ConfirmSecondFactorRequest ask, CancellationToken ct)
    {
        var (now, account) = (clock.GetUtcNow(), await db.Accounts.SingleOrDefaultAsync(a => a.Id == scope.Actor.AccountId, ct));
        if (account is null) return Outcome.NotFound;
        if (account.PendingTotpSecret is not { } secret || account.PendingTotpUntil <= now) return Begin;
        if (await factors.Held(account, ct) is { } hold) return hold;
        if (Totp.Accept(secret, ask.Code, now, lastStep: 0) is not { } step)
        {
            await failures.Count(account.UserNameKey, ct);
            return Outcome.Invalid("code", "That code did not match. Check that the clock of your phone is right, and enter the code it shows now.");
        }

        return await db.InTransaction<Outcome<RecoveryCodes>>(async () =>
        {
            (account.TotpSecret, account.TotpStep, account.PendingTotpSecret, account.PendingTotpUntil) = (secret, step, null, null);
            var codes = new RecoveryCodes(await factors.NewCodes(account.Id, ct));
            factors.Announce(account, "second_factor_changed");
            // A repeated request is not answered with the codes again: they are kept nowhere.
            if (await db.TrySave(null, ct) is not Saved.Done) return Outcome.Stale();
            await sessions.EndOthers(account.Id, scope.Actor.SessionId, "second_factor_changed", ct);
            return codes;
        }, ct);
    }
}

sealed class ConfirmSecondFactorApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/second-factor/confirm", async (ConfirmSecondFactorRequest ask, IHandle<ConfirmSecondFactorRequest, RecoveryCodes> confirm, CancellationToken ct) =>
                (await confirm.Handle(ask, ct)).ToHttp())
           .WithName("ConfirmSecondFactor").Produces<RecoveryCodes>().ProducesProblem(400).ProducesProblem(412).ProducesProblem(422).ProducesProblem(429);
}
