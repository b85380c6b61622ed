using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.NewRecoveryCodes;

/// <summary>Ten new recovery codes; those before are dead, the owner is told, and all other sessions end.</summary>
[Does(Act.Update, "second factor", "Made new recovery codes", StepUp = true)]
sealed record NewRecoveryCodesRequest;

sealed class NewRecoveryCodesHandler(IdentityDb db, SecondFactors factors, Sessions sessions, RequestScope scope) : IHandle<NewRecoveryCodesRequest, RecoveryCodes>
{
    public Task<Outcome<RecoveryCodes>> Handle(NewRecoveryCodesRequest ask, CancellationToken ct) => db.InTransaction<Outcome<RecoveryCodes>>(async () =>
    {
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == scope.Actor.AccountId, ct);
        if (account is null) return Outcome.NotFound;
        if (!account.HasSecondFactor) return Outcome.Refused("no_second_factor", "Recovery codes stand in for an authenticator app, and none is set up.", "Set up an app first.");
        var codes = new RecoveryCodes(await factors.NewCodes(account.Id, ct));
        factors.Announce(account, "recovery_codes_changed");
        if (await db.TrySave(null, ct) is not Saved.Done) return Outcome.Stale();
        await sessions.EndOthers(account.Id, scope.Actor.SessionId, "second_factor_changed", ct);
        return codes;
    }, ct);
}

sealed class NewRecoveryCodesApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/second-factor/recovery-codes", async (IHandle<NewRecoveryCodesRequest, RecoveryCodes> make, CancellationToken ct) =>
                (await make.Handle(new(), ct)).ToHttp())
           .WithName("NewRecoveryCodes").Produces<RecoveryCodes>().ProducesProblem(403).ProducesProblem(412).ProducesProblem(422);
}
