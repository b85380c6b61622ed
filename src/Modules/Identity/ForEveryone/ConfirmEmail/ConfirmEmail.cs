using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.ConfirmEmail;

/// <summary>
/// The link that went to a new address makes it the account's, once; all sessions end but the one that asked, and both addresses are told. A dead link says one
/// thing, whatever it died of.
/// </summary>
sealed record ConfirmEmailRequest(string? Token);

sealed class ConfirmEmailRules : AbstractValidator<ConfirmEmailRequest>
{
    public ConfirmEmailRules() => RuleFor(r => r.Token).NotEmpty().WithMessage("Copy the whole link from the e-mail into this field.").MaximumLength(128).WithMessage("Copy the whole link from the e-mail into this field.");
}

sealed class ConfirmEmailHandler(IdentityDb db, EmailChanges changes, SecondFactors factors, Sessions sessions, Failures failures, AccountTrail trail, TimeProvider clock) : IHandle<ConfirmEmailRequest, Done>
{
    public async Task<Outcome<Done>> Handle(ConfirmEmailRequest ask, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        var (hash, now) = (Secret.Hash(ask.Token!), clock.GetUtcNow());
        var change = await db.EmailChanges.AsNoTracking().SingleOrDefaultAsync(c => c.TokenHash == hash && c.OpenFor != null && c.ExpiresAt > now, ct);
        var account = change is null ? null : await db.Accounts.SingleAsync(a => a.Id == change.AccountId, ct);
        if (change is null || account is null || account.DisabledAt is not null)
        {
            failures.CountAddress();
            return EmailChanges.Dead;
        }

        var undo = Secret.New();
        var (undoHash, until) = (Secret.Hash(undo), now + EmailChange.CanBeStopped);
        var outcome = await db.InTransaction<Outcome<Done>>(async () =>
        {
            // Of two that come at once, or of this and a "stop", one finds it open.
            if (await db.EmailChanges.Where(c => c.Id == change.Id && c.OpenFor != null && c.TokenHash == hash && c.StoppedAt == null).ExecuteUpdateAsync(set => set
                .SetProperty(c => c.ConfirmedAt, now).SetProperty(c => c.OpenFor, (Guid?)null).SetProperty(c => c.UndoHash, undoHash).SetProperty(c => c.StopUntil, until)
                .SetProperty(c => c.Version, c => c.Version + 1), ct) is 0) return EmailChanges.Dead;
            await changes.Set(account, change.To, ct);
            factors.Announce(account, "email_changed");
            db.Announce(new AccountWarned(account.Id, change.From, account.Language, "email_change_done", undo, until), account.Id);
            if (await db.TrySave(default(Done), ct) is not Saved.Done) return Outcome.Stale();
            await sessions.EndOthers(account.Id, change.AskedIn, "email_changed", ct);
            return default(Done);
        }, ct);
        if (outcome.IsOk) await trail.Write(account, "e-mail address", "Changed the e-mail address", "ok", ct);
        return outcome;
    }
}

sealed class ConfirmEmailApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/email/confirm", async (ConfirmEmailRequest ask, IHandle<ConfirmEmailRequest, Done> confirm, CancellationToken ct) =>
                (await confirm.Handle(ask, ct)).ToHttp(_ => Results.NoContent()))
           .WithName("ConfirmEmail").Produces(204).ProducesProblem(400).ProducesProblem(412).ProducesProblem(422).ProducesProblem(429);
}
