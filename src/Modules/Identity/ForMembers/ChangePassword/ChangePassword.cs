using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.ChangePassword;

/// <summary>A new password while signed in: the old one proves who asks, all other sessions end, and the owner is told.</summary>
[Does(Act.Update, "password", "Changed the password")]
sealed record ChangePasswordRequest(string? Password, string? Code, string? NewPassword);

sealed class ChangePasswordRules : AbstractValidator<ChangePasswordRequest>
{
    public ChangePasswordRules()
    {
        RuleFor(r => r.Password).NotEmpty().WithMessage("Enter your password.").MaximumLength(2 * IdentityLimits.PasswordLongest).WithMessage("That is longer than any password here.");
        RuleFor(r => r.Code).MaximumLength(64).WithMessage("That is longer than any code here.");
        RuleFor(r => r.NewPassword).NotEmpty().WithMessage("Choose a password.").MaximumLength(2 * IdentityLimits.PasswordLongest).WithMessage("Use at most 256 characters.");
    }
}

sealed class ChangePasswordHandler(IdentityDb db, SecondFactors factors, Passwords passwords, Sessions sessions, IConfiguration settings, RequestScope scope)
    : IHandle<ChangePasswordRequest, Done>
{
    public async Task<Outcome<Done>> Handle(ChangePasswordRequest ask, CancellationToken ct)
    {
        // First what can be put right without spending a code. The hash is made before the transaction, which others wait for.
        var known = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == scope.Actor.AccountId, ct);
        if (known is null) return Outcome.NotFound;
        if (PasswordRules.ProblemWith(ask.NewPassword, known.HasSecondFactor, known.UserName, known.Name, PatientPortal.Ui.Clinic.Of(settings).Name) is { } problem)
            return Outcome.Invalid("newPassword", problem);
        if ((await passwords.Hash(ask.NewPassword!, ct)).Refused(out var full, out var hash)) return full;

        return await factors.Prove<Done>(new(ask.Password, ask.Code), async account =>
        {
            account.PasswordHash = hash;
            factors.Announce(account, "password_changed");
            if (await db.TrySave(default(Done), ct) is not Saved.Done) return Outcome.Stale();
            await sessions.EndOthers(account.Id, scope.Actor.SessionId, "password_changed", ct);
            return default(Done);
        }, ct);
    }
}

sealed class ChangePasswordApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/password", async (ChangePasswordRequest ask, IHandle<ChangePasswordRequest, Done> change, CancellationToken ct) =>
                (await change.Handle(ask, ct)).ToHttp(_ => Results.NoContent()))
           .WithName("ChangePassword").Produces(204).ProducesProblem(400).ProducesProblem(412).ProducesProblem(429);
}
