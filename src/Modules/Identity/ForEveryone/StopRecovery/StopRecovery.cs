using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.StopRecovery;

/// <summary>"This was not me", from a mail about a recovery: it ends at once, the second factor stays, and staff see who did not know of it. One refusal for every dead link.</summary>
sealed record StopRecoveryRequest(string? Token);

sealed class StopRecoveryRules : AbstractValidator<StopRecoveryRequest>
{
    public StopRecoveryRules() => RuleFor(r => r.Token).NotEmpty().WithMessage("Copy the whole link from the e-mail into this field.").MaximumLength(128).WithMessage("Copy the whole link from the e-mail into this field.");
}

sealed class StopRecoveryHandler(IdentityDb db, Recoveries recoveries, Failures failures, AccountTrail trail, TimeProvider clock) : IHandle<StopRecoveryRequest, Done>
{
    public async Task<Outcome<Done>> Handle(StopRecoveryRequest ask, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        var (hash, now) = (Secret.Hash(ask.Token!), clock.GetUtcNow());
        if (await db.RecoveryCases.AsNoTracking().SingleOrDefaultAsync(c => c.StopHash == hash && c.OpenFor != null && c.ExpiresAt > now, ct) is not { } recovery)
        {
            failures.CountAddress();
            return EmailChanges.Dead;
        }
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == recovery.AccountId, ct);
        var outcome = await recoveries.Stop(recovery, account, EmailChanges.Dead, ct);
        if (outcome.IsOk) await trail.Write(account, "account recovery", "Stopped a recovery: it was not them", "ok", ct);
        return outcome;
    }
}

sealed class StopRecoveryApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/recovery/stop", async (StopRecoveryRequest ask, IHandle<StopRecoveryRequest, Done> stop, CancellationToken ct) =>
                (await stop.Handle(ask, ct)).ToHttp(_ => Results.NoContent()))
           .WithName("StopRecovery").Produces(204).ProducesProblem(400).ProducesProblem(422).ProducesProblem(429);
}
