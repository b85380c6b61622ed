using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Identity.ForEveryone.ResetPassword;

/// <summary>A new password through the e-mailed link, once; all sessions end, and signing in still asks for the second factor.</summary>
sealed record ResetPasswordRequest(string? Token, string? NewPassword);

sealed class ResetPasswordRules : AbstractValidator<ResetPasswordRequest>
{
    public ResetPasswordRules()
    {
        RuleFor(r => r.Token).NotEmpty().WithMessage("Copy the whole link from the e-mail into this field.").MaximumLength(128);
        RuleFor(r => r.NewPassword).NotEmpty().WithMessage("Choose a password.").MaximumLength(2 * IdentityLimits.PasswordLongest).WithMessage("Use at most 256 characters.");
    }
}

sealed class ResetPasswordHandler(IdentityDb db, Passwords passwords, Failures failures, Sessions sessions, AccountTrail trail, IConfiguration settings, TimeProvider clock)
    : IHandle<ResetPasswordRequest, Done>
{
    static readonly Refusal Dead = Outcome.Refused("reset_refused",
        "This link has been used, replaced or is older than 30 minutes.", "Ask for a new link on the page \"Forgot your password\".");

    public async Task<Outcome<Done>> Handle(ResetPasswordRequest ask, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(ask.Token!), clock.GetUtcNow());
        var reset = await db.PasswordResets.AsNoTracking().SingleOrDefaultAsync(r => r.TokenHash == hash && r.UsedAt == null && r.ExpiresAt > now, ct);
        var account = reset is null ? null : await db.Accounts.SingleAsync(a => a.Id == reset.AccountId, ct);
        if (reset is null || account is null || account.DisabledAt is not null)
        {
            // Only who has no good link is held up: somebody who fails from a patient's network doesn't keep the patient from a new password.
            if (failures.HoldAddress() is { } hold) return hold;
            failures.CountAddress();
            return Dead;
        }
        if (PasswordRules.ProblemWith(ask.NewPassword, account.HasSecondFactor, account.UserName, account.Name, Clinic.Of(settings).Name) is { } problem)
            return Outcome.Invalid("newPassword", problem);
        if ((await passwords.Hash(ask.NewPassword!, ct)).Refused(out var full, out var password)) return full;

        var outcome = await db.InTransaction<Outcome<Done>>(async () =>
        {
            if (await db.PasswordResets.Where(r => r.Id == reset.Id && r.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), ct) == 0) return Dead;
            account.PasswordHash = password;
            await failures.Forget(account.UserNameKey, ct, everywhere: true);
            db.Announce(new AccountSecurityChanged(account.Id, account.Name, account.Email, account.Language, "password_changed"), account.Id);
            await db.Save(ct);
            // The account first: a sign-in that rests on the old password either sees the change, or its session is there to be ended.
            await sessions.EndAll(account.Id, "password_changed", ct);
            return default(Done);
        }, ct);
        if (outcome.IsOk) await trail.Write(account, "password", "Set a new password", "ok", ct);
        return outcome;
    }
}

sealed class ResetPasswordApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/password/reset", async (ResetPasswordRequest ask, IHandle<ResetPasswordRequest, Done> reset, CancellationToken ct) =>
                (await reset.Handle(ask, ct)).ToHttp(_ => Results.NoContent()))
           .WithName("ResetPassword").Produces(204).ProducesProblem(400).ProducesProblem(422).ProducesProblem(429);
}
