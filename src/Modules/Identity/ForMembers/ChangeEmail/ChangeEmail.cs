using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.ChangeEmail;

/// <summary>
/// Another e-mail address for one's own account. It counts once the link that goes there has been used, within a day; the address now in use is told at once and can
/// stop it. A new wish replaces the one before.
/// </summary>
[Does(Act.Update, "e-mail address", "Asked to change the e-mail address", StepUp = true)]
sealed record ChangeEmailRequest(string? Email);

/// <param name="Email">The new address, which waits for its link.</param>
sealed record PendingEmail(string Email, DateTimeOffset AskedAt, DateTimeOffset ExpiresAt);

/// <param name="Pending">Null while no change waits.</param>
sealed record MyEmail(string Email, PendingEmail? Pending);

sealed class ChangeEmailRules : AbstractValidator<ChangeEmailRequest>
{
    public ChangeEmailRules()
    {
        RuleFor(r => r.Email).NotEmpty().WithMessage("Enter an e-mail address that you read.").MaximumLength(254).WithMessage("That is longer than an e-mail address can be.");
        RuleFor(r => r.Email).Must(MailAddress.IsWellFormed).WithMessage("An e-mail address looks like name@example.org.").When(r => !string.IsNullOrEmpty(r.Email));
    }
}

sealed class ChangeEmailHandler(IdentityDb db, MinorsAccounts minors, Vault vault, IConfiguration settings, RequestScope scope, TimeProvider clock) : IHandle<ChangeEmailRequest, MyEmail>
{
    public async Task<Outcome<MyEmail>> Handle(ChangeEmailRequest ask, CancellationToken ct)
    {
        var (me, email) = (scope.Actor.AccountId, ask.Email!.Trim());
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == me, ct);
        if (account is null) return Outcome.NotFound;
        if (MailAddress.Key(account.Email) == MailAddress.Key(email)) return Outcome.Invalid("email", "That is your address already.");
        // A teen's account must not be reached where a parent reads.
        if (account.PatientId is { } own && await minors.Concern(await db.Patients.SingleAsync(p => p.Id == own, ct), email, ct, changing: true))
            return Outcome.Refused("needs_clinic", "The clinic has to finish this with you.", "Please call the clinic.");

        return await db.OneByOne<Outcome<MyEmail>>(me, async () =>
        {
            var (now, print) = (clock.GetUtcNow(), MailAddress.PrintOf(email, vault));
            var day = now.AddDays(-1);
            if (await db.EmailChanges.CountAsync(c => c.AccountId == me && c.AskedAt > day, ct) >= EmailChange.MostADay
                || await db.EmailChanges.Where(c => c.ToPrint == print && c.AskedAt > day).SumAsync(c => c.Mails, ct) >= EmailChange.MostMails)
                return Outcome.TooMany("You asked for several mails today. Please try again tomorrow, or call the clinic.", TimeSpan.FromDays(1));
            // Its link dies with its place: of two that wait, the database keeps one.
            if (await db.EmailChanges.SingleOrDefaultAsync(c => c.OpenFor == me, ct) is { } before) before.OpenFor = null;
            return await Add(account, email, print, now, ct);
        }, ct);
    }

    async Task<Outcome<MyEmail>> Add(Account account, string email, byte[] print, DateTimeOffset now, CancellationToken ct)
    {
        var (token, stop) = (Secret.New(), Secret.New());
        var change = new EmailChange
        {
            Id = Ids.New(clock), AccountId = account.Id, From = account.Email, To = email, ToPrint = print, AskedIn = scope.Actor.SessionId, TokenHash = Secret.Hash(token), StopHash = Secret.Hash(stop),
            AskedAt = now, SentAt = now, ExpiresAt = now + EmailChange.Lasts, StopUntil = now + EmailChange.CanBeStopped, OpenFor = account.Id,
        };
        db.Add(change);
        db.Announce(new EmailToConfirm(account.Id, email, account.Language, token, change.ExpiresAt), account.Id);
        db.Announce(new AccountWarned(account.Id, account.Email, account.Language, "email_change_asked", stop, change.StopUntil), account.Id);
        var mine = Said(account.Email, change, settings);
        return await db.TrySave(mine, ct) is Saved.Done ? mine : Outcome.Stale();
    }

    internal static MyEmail Said(string email, EmailChange? change, IConfiguration settings)
    {
        var zone = PatientPortal.Ui.Clinic.Of(settings).Zone;
        return new(email, change is null ? null : new(change.To, Zones.In(change.AskedAt, zone), Zones.In(change.ExpiresAt, zone)));
    }
}

/// <summary>Where one's account is reached, and the change that waits for its link.</summary>
sealed record SeeMyEmailRequest;

sealed class SeeMyEmailHandler(IdentityDb db, IConfiguration settings, RequestScope scope, TimeProvider clock) : IHandle<SeeMyEmailRequest, MyEmail>
{
    public async Task<Outcome<MyEmail>> Handle(SeeMyEmailRequest ask, CancellationToken ct)
    {
        var (me, now) = (scope.Actor.AccountId, clock.GetUtcNow());
        if (await db.Accounts.AsNoTracking().Where(a => a.Id == me).Select(a => a.Email).SingleOrDefaultAsync(ct) is not { } email) return Outcome.NotFound;
        return ChangeEmailHandler.Said(email, await db.EmailChanges.AsNoTracking().SingleOrDefaultAsync(c => c.OpenFor == me && c.ExpiresAt > now, ct), settings);
    }
}

/// <summary>The change that waits is dropped; its link is dead. The address stays as it is.</summary>
[Does(Act.Delete, "e-mail address", "Withdrew a change of the e-mail address")]
sealed record WithdrawEmailRequest;

sealed class WithdrawEmailHandler(IdentityDb db, RequestScope scope) : IHandle<WithdrawEmailRequest, Done>
{
    public async Task<Outcome<Done>> Handle(WithdrawEmailRequest ask, CancellationToken ct)
    {
        if (await db.EmailChanges.SingleOrDefaultAsync(c => c.OpenFor == scope.Actor.AccountId, ct) is not { } change) return default(Done);
        change.OpenFor = null;
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

/// <summary>A new link to the new address, good for a day; the one before is dead. At most one in two minutes and five for each change.</summary>
[Does(Act.Update, "e-mail address", "Had the link to the new e-mail address sent again", StepUp = true)]
sealed record ResendEmailRequest;

sealed class ResendEmailHandler(IdentityDb db, IConfiguration settings, RequestScope scope, TimeProvider clock) : IHandle<ResendEmailRequest, MyEmail>
{
    public async Task<Outcome<MyEmail>> Handle(ResendEmailRequest ask, CancellationToken ct)
    {
        var (me, now) = (scope.Actor.AccountId, clock.GetUtcNow());
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == me, ct);
        if (await db.EmailChanges.SingleOrDefaultAsync(c => c.OpenFor == me, ct) is not { } change) return Outcome.Conflict("no_change", "No change waits. Enter the new address again.");
        if (change.Mails >= EmailChange.MostMails) return Outcome.TooMany("The link was sent several times. Check the address, or enter another.", EmailChange.Lasts);
        if (change.SentAt + EmailChange.SendEvery is var next && next > now) return Outcome.TooMany("The link was sent a moment ago. Give it two minutes, and look in the folder for unwanted mail.", next - now);

        var token = Secret.New();
        (change.TokenHash, change.SentAt, change.ExpiresAt, change.Mails) = (Secret.Hash(token), now, now + EmailChange.Lasts, change.Mails + 1);
        if (change.StopUntil < change.ExpiresAt) change.StopUntil = change.ExpiresAt;
        db.Announce(new EmailToConfirm(me, change.To, account.Language, token, change.ExpiresAt), me);
        var mine = ChangeEmailHandler.Said(account.Email, change, settings);
        return await db.TrySave(mine, ct) is Saved.Done ? mine : Outcome.Stale();
    }
}

sealed class ChangeEmailApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/email", async (IHandle<SeeMyEmailRequest, MyEmail> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp()).WithName("SeeMyEmail").Produces<MyEmail>();
        api.MapPost("/me/email", async (ChangeEmailRequest ask, IHandle<ChangeEmailRequest, MyEmail> change, CancellationToken ct) => (await change.Handle(ask, ct)).ToHttp(m => Results.Accepted(value: m)))
           .WithName("ChangeEmail").Produces<MyEmail>(202).ProducesProblem(400).ProducesProblem(403).ProducesProblem(422).ProducesProblem(429);
        api.MapPost("/me/email/resend", async (IHandle<ResendEmailRequest, MyEmail> resend, CancellationToken ct) => (await resend.Handle(new(), ct)).ToHttp())
           .WithName("ResendEmail").Produces<MyEmail>().ProducesProblem(403).ProducesProblem(409).ProducesProblem(429);
        api.MapPost("/me/email/withdraw", async (IHandle<WithdrawEmailRequest, Done> withdraw, CancellationToken ct) => (await withdraw.Handle(new(), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("WithdrawEmail").Produces(204).ProducesProblem(412);
    }
}
