using System.Text.Json.Serialization;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Identity.ForEveryone.FinishRecovery;

/// <summary>Somebody whose recovery has waited long enough shows their password and gets the secret of a new authenticator app. Nothing is changed yet; a wrong password counts like a failed sign-in.</summary>
sealed record BeginRecoveryRequest(string? Username, string? Password);

/// <param name="Secret">Base32, for an app that can't scan.</param>
/// <param name="Address">What the QR code holds.</param>
/// <param name="MayDoWithout">A patient may go back to the password alone, when it is strong enough; staff may not.</param>
sealed record RecoveryBegun(string Secret, string Address, bool MayDoWithout);

/// <summary>
/// The second factor is exchanged for the one whose first code is shown, or given up by a patient: remembered browsers and recovery codes die with the old one, every session
/// ends, and nothing is signed in. The password is asked for on every way; the time of the case is looked at here, so nothing depends on a job.
/// </summary>
/// <param name="Code">The first code of the new app.</param>
/// <param name="Without">A patient's wish to do without.</param>
sealed record FinishRecoveryRequest(string? Username, string? Password, string? Code, bool Without = false)
{
    /// <summary>Set by the page's second step: for which version of the account the password was right.</summary>
    [JsonIgnore] public int? PasswordProvenFor { get; init; }
}

sealed record FinishRecoveryBody(string? Username, string? Password, string? Code, bool Without);

sealed class BeginRecoveryRules : AbstractValidator<BeginRecoveryRequest>
{
    public BeginRecoveryRules()
    {
        RuleFor(r => r.Username).NotEmpty().WithMessage("Enter your user name.");
        RuleFor(r => r.Password).NotEmpty().WithMessage("Enter your password.").MaximumLength(2 * IdentityLimits.PasswordLongest).WithMessage("That is longer than any password here.");
    }
}

sealed class FinishRecoveryRules : AbstractValidator<FinishRecoveryRequest>
{
    public FinishRecoveryRules()
    {
        RuleFor(r => r.Username).NotEmpty().WithMessage("Enter your user name.");
        RuleFor(r => r.Password).NotEmpty().WithMessage("Enter your password.").When(r => r.PasswordProvenFor is null || r.Without);
        RuleFor(r => r.Password).MaximumLength(2 * IdentityLimits.PasswordLongest).WithMessage("That is longer than any password here.");
        RuleFor(r => r.Code).NotEmpty().WithMessage("Enter the 6-digit code that the app shows now.").When(r => !r.Without);
        RuleFor(r => r.Code).MaximumLength(64).WithMessage("Enter the 6-digit code that the app shows now.");
    }
}

sealed class BeginRecoveryHandler(IdentityDb db, RecoveryGate gate, IConfiguration settings, TimeProvider clock) : IHandle<BeginRecoveryRequest, RecoveryBegun>
{
    public async Task<Outcome<RecoveryBegun>> Handle(BeginRecoveryRequest ask, CancellationToken ct)
    {
        if ((await gate.Pass(ask.Username, ask.Password, null, ct)).Refused(out var no, out var passed)) return no;
        var account = passed.Account;
        account.PendingTotpSecret = Totp.NewSecret();
        account.PendingTotpUntil = clock.GetUtcNow() + IdentityLimits.SecondFactorSetUp;
        if (await db.TrySave(null, ct) is not Saved.Done) return Outcome.Stale();
        var (clinic, name) = (Uri.EscapeDataString(Clinic.Of(settings).Name), Uri.EscapeDataString(account.UserName));
        return new RecoveryBegun(account.PendingTotpSecret, $"otpauth://totp/{clinic}:{name}?secret={account.PendingTotpSecret}&issuer={clinic}", account.Kind is AccountKind.Patient);
    }
}

sealed class FinishRecoveryHandler(IdentityDb db, RecoveryGate gate, SecondFactors factors, Sessions sessions, Failures failures, AccountTrail trail, IConfiguration settings, TimeProvider clock)
    : IHandle<FinishRecoveryRequest, RecoveryCodes>
{
    static readonly Refusal Late = Outcome.Refused("set_up_expired", "Setting up took longer than 15 minutes, or was not begun.", "Begin again with your password.");

    public async Task<Outcome<RecoveryCodes>> Handle(FinishRecoveryRequest ask, CancellationToken ct)
    {
        if ((await gate.Pass(ask.Username, ask.Password, ask.PasswordProvenFor, ct)).Refused(out var no, out var passed)) return no;
        var (account, recovery) = passed;
        var (now, step) = (clock.GetUtcNow(), 0L);
        if (ask.Without && account.Kind is AccountKind.Staff) return Outcome.Forbidden("second_factor_required", "Staff sign in with a second factor. Set up another app.");
        // A password that was enough beside a code may be too short alone.
        if (ask.Without && PasswordRules.ProblemWith(ask.Password, hasSecondFactor: false, account.UserName, account.Name, Clinic.Of(settings).Name) is not null)
            return Outcome.Refused("password_too_weak", "Your password is too weak to stand alone.", "Set up an app, or choose a password of at least 15 characters first.");
        if (!ask.Without)
        {
            if (account.PendingTotpSecret is not { } pending || account.PendingTotpUntil <= now) return Late;
            if (Totp.Accept(pending, ask.Code, now, 0) is not { } accepted)
            {
                await failures.Count(account.UserNameKey, ct);
                return Outcome.Invalid("code", "That code did not match. Check that the clock of your phone is right, and enter the code it shows now.");
            }
            step = accepted;
        }

        var outcome = await db.InTransaction<Outcome<RecoveryCodes>>(async () =>
        {
            // The owner may say "not me" at this moment: one of the two finds the case open.
            if (await db.RecoveryCases.Where(c => c.Id == recovery.Id && c.OpenFor != null && c.StoppedAt == null && c.DueAt <= now && c.ExpiresAt > now).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.DoneAt, now).SetProperty(c => c.OpenFor, (Guid?)null).SetProperty(c => c.Version, c => c.Version + 1), ct) is 0) return RecoveryGate.None;
            (account.TotpSecret, account.TotpStep) = (ask.Without ? null : account.PendingTotpSecret, step);
            (account.PendingTotpSecret, account.PendingTotpUntil) = (null, null);
            IReadOnlyList<string> codes = [];
            if (ask.Without) await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(ct);
            else codes = await factors.NewCodes(account.Id, ct);
            await failures.Forget(account.UserNameKey, ct);
            factors.Announce(account, ask.Without ? "second_factor_removed" : "second_factor_changed");
            if (await db.TrySave(null, ct) is not Saved.Done) return Outcome.Stale();
            await sessions.EndAll(account.Id, "second_factor_changed", ct);
            return new RecoveryCodes(codes);
        }, ct);
        if (outcome.IsOk) await trail.Write(account, "second factor", ask.Without ? "Removed a lost second factor" : "Set up a second factor in the place of a lost one", "ok", ct);
        return outcome;
    }
}

sealed class FinishRecoveryApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/recovery/begin", async (BeginRecoveryRequest ask, IHandle<BeginRecoveryRequest, RecoveryBegun> begin, CancellationToken ct) => (await begin.Handle(ask, ct)).ToHttp())
           .WithName("BeginRecovery").Produces<RecoveryBegun>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(422).ProducesProblem(429);
        api.MapPost("/recovery/finish", async (FinishRecoveryBody body, IHandle<FinishRecoveryRequest, RecoveryCodes> finish, CancellationToken ct) =>
                (await finish.Handle(new(body.Username, body.Password, body.Code, body.Without), ct)).ToHttp())
           .WithName("FinishRecovery").Produces<RecoveryCodes>().ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(422).ProducesProblem(429);
    }
}
