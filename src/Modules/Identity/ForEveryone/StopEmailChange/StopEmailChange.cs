using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.StopEmailChange;

/// <summary>
/// "This was not me", from the address before, within seven days and once: that address counts again, every session ends, and nothing signs in before a new
/// password was chosen through the link that goes there. Needs no sign-in: whoever took the account may have changed that.
/// </summary>
sealed record StopEmailChangeRequest(string? Token);

sealed class StopEmailChangeRules : AbstractValidator<StopEmailChangeRequest>
{
    public StopEmailChangeRules() => RuleFor(r => r.Token).NotEmpty().WithMessage("Copy the whole link from the e-mail into this field.").MaximumLength(128).WithMessage("Copy the whole link from the e-mail into this field.");
}

sealed class StopEmailChangeHandler(
    IdentityDb db, EmailChanges changes, SecondFactors factors, Passwords passwords, Sessions sessions, Failures failures, AccountTrail trail, TimeProvider clock) : IHandle<StopEmailChangeRequest, Done>
{
    public async Task<Outcome<Done>> Handle(StopEmailChangeRequest ask, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        var (hash, now) = (Secret.Hash(ask.Token!), clock.GetUtcNow());
        var change = await db.EmailChanges.AsNoTracking().SingleOrDefaultAsync(c => (c.StopHash == hash || c.UndoHash == hash) && c.StoppedAt == null && c.StopUntil > now, ct);
        var account = change is null ? null : await db.Accounts.SingleAsync(a => a.Id == change.AccountId, ct);
        if (change is null || account is null || account.ClosedAt is not null)
        {
            failures.CountAddress();
            return EmailChanges.Dead;
        }
        // A password that nobody knows: whoever could ask for the change knew the one before.
        if ((await passwords.Hash(Secret.New(), ct)).Refused(out var full, out var nobodys)) return full;

        var outcome = await db.InTransaction<Outcome<Done>>(async () =>
        {
            var since = await db.EmailChanges.Where(c => c.AccountId == account.Id && c.AskedAt >= change.AskedAt && c.StoppedAt == null).OrderBy(c => c.AskedAt).ToListAsync(ct);
            if (since.All(c => c.Id != change.Id)) return EmailChanges.Dead;
            // Whatever came after it was the thief's too, and so are the links to undo that.
            foreach (var each in since) (each.StoppedAt, each.OpenFor) = (now, null);
            foreach (var taken in since.Where(c => c.ConfirmedAt is not null).Select(c => c.To).DistinctBy(MailAddress.Key))
                db.Announce(new AccountSecurityChanged(account.Id, account.Name, taken, account.Language, "email_change_stopped"), account.Id);
            await changes.Set(account, change.From, ct);
            (account.PasswordHash, account.PendingTotpSecret, account.PendingTotpUntil) = (nobodys, null, null);
            await db.Passkeys.Where(p => p.AccountId == account.Id).ExecuteDeleteAsync(ct);
            factors.Announce(account, "email_change_stopped");
            // The way back in goes where the owner has just shown to read.
            if (account.DisabledAt is null)
            {
                var token = Secret.New();
                var reset = new PasswordReset { Id = Ids.New(clock), AccountId = account.Id, TokenHash = Secret.Hash(token), AskedAt = now, ExpiresAt = now + IdentityLimits.PasswordReset };
                db.Add(reset);
                db.Announce(new PasswordResetAsked(account.Id, account.Name, account.Email, account.Language, token, reset.ExpiresAt), account.Id);
            }
            if (await db.TrySave(default(Done), ct) is not Saved.Done) return EmailChanges.Dead;
            await sessions.EndAll(account.Id, "email_change_stopped", ct);
            return default(Done);
        }, ct);
        if (outcome.IsOk) await trail.Write(account, "e-mail address", "Stopped a change of the e-mail address: it was not them", "ok", ct);
        return outcome;
    }
}

sealed class StopEmailChangeApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/email/stop", async (StopEmailChangeRequest ask, IHandle<StopEmailChangeRequest, Done> stop, CancellationToken ct) =>
                (await stop.Handle(ask, ct)).ToHttp(_ => Results.NoContent()))
           .WithName("StopEmailChange").Produces(204).ProducesProblem(400).ProducesProblem(422).ProducesProblem(429);
}
