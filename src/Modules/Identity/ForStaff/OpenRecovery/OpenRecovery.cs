using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.OpenRecovery;

/// <summary>
/// Somebody lost their second factor, and a staff member has checked who they are: after a wait, in which the owner is told everywhere and can stop it, whoever
/// knows the password may set up another (ASVS 6.4.4). Nobody opens their own; a staff member's only who manages accounts.
/// </summary>
/// <param name="InPerson">False for a video call.</param>
[Does(Act.Create, "account recovery", "Opened a recovery of a lost second factor", Needs = "recover", StepUp = true)]
sealed record OpenRecoveryRequest(Guid Account, bool? InPerson, IReadOnlyList<string>? Evidence, string? Note);

/// <param name="Account">Whose.</param>
sealed record OpenedRecovery(Guid Id, Guid Account, DateTimeOffset DueAt, DateTimeOffset ExpiresAt);

sealed class OpenRecoveryRules : AbstractValidator<OpenRecoveryRequest>
{
    public OpenRecoveryRules()
    {
        RuleFor(r => r.InPerson).NotNull().WithMessage("Say how you met.");
        RuleFor(r => r.Evidence).Must(e => Read(e) is { Count: > 0 }).WithMessage("Say what you checked.");
        RuleFor(r => r.Evidence).Must((r, e) => RecoveryCase.IsEnough(Read(e)!, r.InPerson is true)).When(r => r.InPerson is not null && Read(r.Evidence) is { Count: > 0 })
            .WithMessage(r => r.InPerson is true ? "In person: a photo document, the photo in the chart, or a colleague who knows them." : "By video: a photo document and one thing more.");
        RuleFor(r => r.Note).MaximumLength(1000).WithMessage("Use at most 1,000 characters.");
        RuleFor(r => r.Note).NotEmpty().When(r => Read(r.Evidence)?.Contains(Domain.Evidence.KnownToStaff) is true).WithMessage("Write who knows them.");
    }

    /// <summary>Null when a word is none of ours.</summary>
    internal static IReadOnlyCollection<Evidence>? Read(IReadOnlyList<string>? words)
    {
        var read = new HashSet<Evidence>();
        foreach (var word in words ?? [])
            if (Enum.GetValues<Evidence>().Cast<Evidence?>().FirstOrDefault(e => e.ToString() == word) is { } evidence) read.Add(evidence);
            else return null;
        return read;
    }
}

sealed class OpenRecoveryHandler(IdentityDb db, EmailChanges channels, CurrentStaff staff, IConfiguration settings, RequestScope scope, TimeProvider clock) : IHandle<OpenRecoveryRequest, OpenedRecovery>
{
    public async Task<Outcome<OpenedRecovery>> Handle(OpenRecoveryRequest ask, CancellationToken ct)
    {
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == ask.Account, ct) is not { } account) return Outcome.NotFound;
        scope.AboutPatient = account.PatientId;
        if (account.Kind is AccountKind.Staff && !staff.May("accounts")) return Outcome.NotFound;
        if (account.Id == staff.Id || (account.PatientId is { } chart && await db.StaffMembers.AnyAsync(m => m.Id == staff.Id && m.ChartId == chart, ct)))
            return Outcome.Refused("own_account", "Nobody opens the recovery of their own account.", "Ask a colleague.");
        if (account.DisabledAt is not null) return Outcome.Refused("account_disabled", "This account is disabled.", "An administrator can enable it, or the clinic issues a new activation code.");
        if (!account.HasSecondFactor) return Outcome.Refused("no_second_factor", "This account has no second factor.", "A forgotten password is reset by its owner, through the mail.");
        if (await db.Patients.AnyAsync(p => p.Id == account.PatientId && p.IsDeceased, ct))
            return Outcome.Refused("patient_deceased", "This patient has died.", "Somebody who represents them gets access of their own.");

        return await db.OneByOne<Outcome<OpenedRecovery>>(account.Id, async () =>
        {
            var (now, stop, zone) = (clock.GetUtcNow(), Secret.New(), PatientPortal.Ui.Clinic.Of(settings).Zone);
            if (await db.RecoveryCases.SingleOrDefaultAsync(c => c.OpenFor == account.Id, ct) is { } before)
            {
                if (before.ExpiresAt > now) return Outcome.Conflict("recovery_open", "A recovery of this account is open already. Withdraw it before you open another.");
                before.OpenFor = null;
            }
            var due = now + (ask.InPerson is true ? RecoveryCase.WaitInPerson : RecoveryCase.WaitByVideo);
            var recovery = new RecoveryCase
            {
                Id = Ids.New(clock), AccountId = account.Id, OpenFor = account.Id, InPerson = ask.InPerson is true, Shown = string.Join(',', OpenRecoveryRules.Read(ask.Evidence)!.Order()),
                Note = string.IsNullOrWhiteSpace(ask.Note) ? null : ask.Note.Trim(), OpenedAt = now, OpenedById = staff.Id, OpenedByName = staff.Name, DueAt = due, ExpiresAt = due + RecoveryCase.Ready,
                StopHash = Secret.Hash(stop),
            };
            db.Add(recovery);
            foreach (var email in await channels.Channels(account, ct))
                db.Announce(new AccountWarned(account.Id, email, account.Language, "recovery_opened", stop, recovery.ExpiresAt), account.Id);
            var opened = new OpenedRecovery(recovery.Id, account.Id, Zones.In(recovery.DueAt, zone), Zones.In(recovery.ExpiresAt, zone));
            return await db.TrySave(opened, ct) is Saved.Done ? opened : Outcome.Conflict("recovery_open", "A recovery of this account is open already. Withdraw it before you open another.");
        }, ct);
    }
}

/// <summary>The account whose second factor is lost, so that the right one is got back.</summary>
[Does(Act.Read, "account recovery", "Looked at how the recovery of an account stands", Needs = "recover")]
sealed record AccountToRecoverRequest(Guid Account);

/// <param name="State">Of the case that is open; null while none is.</param>
sealed record AccountToRecover(Guid Id, string Name, bool SecondFactor, bool Disabled, Guid? Case, RecoveryState? State, DateTimeOffset? DueAt);

sealed class AccountToRecoverHandler(IdentityDb db, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<AccountToRecoverRequest, AccountToRecover>
{
    public async Task<Outcome<AccountToRecover>> Handle(AccountToRecoverRequest ask, CancellationToken ct)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == ask.Account, ct);
        if (account is null || (account.Kind is AccountKind.Staff && !staff.May("accounts"))) return Outcome.NotFound;
        scope.AboutPatient = account.PatientId;
        var now = clock.GetUtcNow();
        var open = await db.RecoveryCases.AsNoTracking().SingleOrDefaultAsync(c => c.OpenFor == account.Id && c.ExpiresAt > now, ct);
        return new AccountToRecover(account.Id, account.Name, account.HasSecondFactor, account.DisabledAt is not null, open?.Id, open?.StateAt(now), open?.DueAt);
    }
}

/// <summary>Whether the patient's account has a second factor that could be lost: a link on the chart's page.</summary>
[Does(Act.Read, "account recovery", "Saw that the account has a second factor", Needs = "recover", Trail = false, Because = "A link on the chart's page, which has a row of its own.")]
sealed record ChartRecoveryRequest;

/// <param name="Account">Null when there is nothing to lose.</param>
sealed record ChartRecovery(Guid? Account, bool IsOpen);

sealed class ChartRecoveryHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, TimeProvider clock) : IHandle<ChartRecoveryRequest, ChartRecovery>
{
    public async Task<Outcome<ChartRecovery>> Handle(ChartRecoveryRequest ask, CancellationToken ct)
    {
        if (!staff.May("recover")) return Outcome.NotFound;
        var now = clock.GetUtcNow();
        var account = await db.Accounts.Where(a => a.PatientId == patient.Id && a.TotpSecret != null && a.DisabledAt == null).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(ct);
        return new ChartRecovery(account, account is not null && await db.RecoveryCases.AnyAsync(c => c.OpenFor == account && c.ExpiresAt > now, ct));
    }
}

sealed class OpenRecoveryApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts/{account:guid}/recovery", async (Guid account, IHandle<AccountToRecoverRequest, AccountToRecover> see, CancellationToken ct) => (await see.Handle(new(account), ct)).ToHttp())
           .WithName("SeeAccountToRecover").Produces<AccountToRecover>().ProducesProblem(403).ProducesProblem(404);
        api.MapPost("/accounts/{account:guid}/recovery", async (Guid account, OpenRecoveryBody body, IHandle<OpenRecoveryRequest, OpenedRecovery> open, CancellationToken ct) =>
                (await open.Handle(new(account, body.InPerson, body.Evidence, body.Note), ct)).ToHttp(r => Results.Json(r, statusCode: StatusCodes.Status201Created)))
           .WithName("OpenRecovery").Produces<OpenedRecovery>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }
}

/// <param name="Evidence">"PhotoDocument", "PhotoOnFile", "KnownToStaff", "ChartFacts", "CalledBack".</param>
sealed record OpenRecoveryBody(bool? InPerson, IReadOnlyList<string>? Evidence, string? Note);
