using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.RemoveSecondFactor;

/// <summary>A patient goes back to the password alone; staff can't. The owner is told, and all other sessions end.</summary>
[Does(Act.Delete, "second factor", "Removed the second factor")]
sealed record RemoveSecondFactorRequest(string? Password, string? Code);

sealed class RemoveSecondFactorRules : AbstractValidator<RemoveSecondFactorRequest>
{
    public RemoveSecondFactorRules()
    {
        RuleFor(r => r.Password).NotEmpty().WithMessage("Enter your password.").MaximumLength(2 * IdentityLimits.PasswordLongest).WithMessage("That is longer than any password here.");
        RuleFor(r => r.Code).MaximumLength(64).WithMessage("That is longer than any code here.");
    }
}

sealed class RemoveSecondFactorHandler(IdentityDb db, SecondFactors factors, Sessions sessions, IConfiguration settings, RequestScope scope)
    : IHandle<RemoveSecondFactorRequest, Done>
{
    public async Task<Outcome<Done>> Handle(RemoveSecondFactorRequest ask, CancellationToken ct)
    {
        if (scope.Actor.Kind is ActorKind.Staff) return Outcome.Forbidden("second_factor_required", "Staff sign in with a second factor. You can move it to another device.");
        return await factors.Prove<Done>(new(ask.Password, ask.Code), async account =>
        {
            if (!account.HasSecondFactor) return default(Done);
            // A password that was enough beside a code may be too short alone.
            if (PasswordRules.ProblemWith(ask.Password, hasSecondFactor: false, account.UserName, account.Name, PatientPortal.Ui.Clinic.Of(settings).Name) is not null)
                return Outcome.Refused("password_too_weak", "Your password is too weak to stand alone.", "Choose one of at least 15 characters first.");
            (account.TotpSecret, account.PendingTotpSecret, account.PendingTotpUntil) = (null, null, null);
            await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(ct);
            factors.Announce(account, "second_factor_removed");
            if (await db.TrySave(default(Done), ct) is not Saved.Done) return Outcome.Stale();
            await sessions.EndOthers(account.Id, scope.Actor.SessionId, "second_factor_changed", ct);
            return default(Done);
        }, ct);
    }
}

sealed class RemoveSecondFactorApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/second-factor/remove", async (RemoveSecondFactorRequest ask, IHandle<RemoveSecondFactorRequest, Done> remove, CancellationToken ct) =>
                (await remove.Handle(ask, ct)).ToHttp(_ => Results.NoContent()))
           .WithName("RemoveSecondFactor").Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(412).ProducesProblem(422).ProducesProblem(429);
}
