using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.CloseAccount;

/// <summary>
/// A patient closes their own account: nothing signs in with it any more, every session ends, and what it could do for others ends too. The record stays with the
/// clinic, booked visits stay booked, and whoever acts for the patient goes on; the clinic may open the same account again with a new code.
/// </summary>
[Does(Act.Delete, "account", "Closed their account", StepUp = true)]
sealed record CloseAccountRequest(bool Sure);

/// <summary>What closing would end, and what stays.</summary>
sealed record SeeClosingRequest;

/// <param name="HasChart">Whether the account has a record of its own, which stays.</param>
/// <param name="ActFor">People for whom this account may act: that ends.</param>
/// <param name="ActForMe">People who may act for its owner: that stays.</param>
sealed record Closing(string Username, bool HasChart, IReadOnlyList<string> ActFor, IReadOnlyList<string> ActForMe);

sealed class CloseAccountRules : AbstractValidator<CloseAccountRequest>
{
    public CloseAccountRules() => RuleFor(r => r.Sure).Equal(true).WithMessage("Check this box if you are sure.");
}

sealed class CloseAccountHandler(IdentityDb db, Grants grants, SecondFactors factors, Sessions sessions, RequestScope scope, TimeProvider clock) : IHandle<CloseAccountRequest, Done>
{
    internal static readonly Refusal Staffs = Outcome.Forbidden("wrong_audience", "A staff account is closed by an administrator.");

    public async Task<Outcome<Done>> Handle(CloseAccountRequest ask, CancellationToken ct)
    {
        if (scope.Actor.Kind is not ActorKind.Patient) return Staffs;
        var me = scope.Actor.AccountId;
        return await db.InTransaction<Outcome<Done>>(async () =>
        {
            var (now, account) = (clock.GetUtcNow(), await db.Accounts.SingleAsync(a => a.Id == me, ct));
            if (account.ClosedAt is not null) return default(Done);
            (account.ClosedAt, account.DisabledAt) = (now, account.DisabledAt ?? now);
            (account.TotpSecret, account.PendingTotpSecret, account.PendingTotpUntil) = (null, null, null);
            foreach (var grant in await db.Grants.Where(g => g.AccountId == me && g.RevokedAt == null).ToListAsync(ct)) grants.End(grant, me, "account_closed");
            foreach (var change in await db.EmailChanges.Where(c => c.OpenFor == me).ToListAsync(ct)) change.OpenFor = null;
            foreach (var recovery in await db.RecoveryCases.Where(c => c.OpenFor == me).ToListAsync(ct)) (recovery.OpenFor, recovery.WithdrawnAt, recovery.WithdrawnById) = (null, now, me);
            foreach (var reset in await db.PasswordResets.Where(r => r.AccountId == me && r.UsedAt == null).ToListAsync(ct)) reset.UsedAt = now;
            await db.Passkeys.Where(p => p.AccountId == me).ExecuteDeleteAsync(ct);
            await db.RecoveryCodes.Where(c => c.AccountId == me).ExecuteDeleteAsync(ct);
            await db.Devices.Where(d => d.AccountId == me).ExecuteDeleteAsync(ct);
            factors.Announce(account, "account_closed");
            db.Announce(new AccountClosed(me, account.PatientId), account.PatientId ?? me);
            if (await db.TrySave(default(Done), ct) is not Saved.Done) return Outcome.Stale();
            await sessions.EndAll(me, "account_closed", ct);
            return default(Done);
        }, ct);
    }
}

sealed class SeeClosingHandler(IdentityDb db, RequestScope scope, TimeProvider clock) : IHandle<SeeClosingRequest, Closing>
{
    public async Task<Outcome<Closing>> Handle(SeeClosingRequest ask, CancellationToken ct)
    {
        if (scope.Actor.Kind is not ActorKind.Patient) return CloseAccountHandler.Staffs;
        var (me, own, now) = (scope.Actor.AccountId, scope.Actor.OwnPatientId, clock.GetUtcNow());
        var username = await db.Accounts.Where(a => a.Id == me).Select(a => a.UserName).SingleAsync(ct);
        var others = await (from g in db.Grants.AsNoTracking() join p in db.Patients on g.PatientId equals p.Id where g.AccountId == me && g.RevokedAt == null && (g.EndsAt == null || g.EndsAt > now) orderby p.Name select p.Name).ToListAsync(ct);
        var mine = own is null ? [] : await (from g in db.Grants.AsNoTracking() join a in db.Accounts on g.AccountId equals a.Id where g.PatientId == own && g.RevokedAt == null && (g.EndsAt == null || g.EndsAt > now) orderby a.Name select a.Name).ToListAsync(ct);
        return new Closing(username, own is not null, others, mine);
    }
}

sealed class CloseAccountApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/closing", async (IHandle<SeeClosingRequest, Closing> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp()).WithName("SeeClosing").Produces<Closing>().ProducesProblem(403);
        api.MapPost("/me/close", async (CloseAccountRequest ask, IHandle<CloseAccountRequest, Done> close, CancellationToken ct) => (await close.Handle(ask, ct)).ToHttp(_ => Results.NoContent()))
           .WithName("CloseAccount").Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(412);
    }
}
