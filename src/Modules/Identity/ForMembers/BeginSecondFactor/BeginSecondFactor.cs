using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.BeginSecondFactor;

/// <summary>Somebody sets up an authenticator app, or moves to another; nothing changes until the app has shown its first code.</summary>
[Does(Act.Execute, "second factor", "Began to set up a second factor", StepUp = true)]
sealed record BeginSecondFactorRequest;

/// <param name="Secret">For an app that can't scan: base32.</param>
/// <param name="Address">What the QR code holds (the otpauth form that authenticator apps read).</param>
sealed record NewSecondFactor(string Secret, string Address, DateTimeOffset Until);

sealed class BeginSecondFactorHandler(IdentityDb db, IConfiguration settings, RequestScope scope, TimeProvider clock) : IHandle<BeginSecondFactorRequest, NewSecondFactor>
{
    public async Task<Outcome<NewSecondFactor>> Handle(BeginSecondFactorRequest ask, CancellationToken ct)
    {
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == scope.Actor.AccountId, ct);
        if (account is null) return Outcome.NotFound;
        account.PendingTotpSecret = Totp.NewSecret();
        account.PendingTotpUntil = clock.GetUtcNow() + IdentityLimits.SecondFactorSetUp;
        // A repeated request is not answered with the secret again: it is kept in one place only.
        return await db.TrySave(null, ct) is Saved.Done ? Of(account, settings) : Outcome.Stale();
    }

    internal static NewSecondFactor Of(Account account, IConfiguration settings)
    {
        var (clinic, name) = (Uri.EscapeDataString(PatientPortal.Ui.Clinic.Of(settings).Name), Uri.EscapeDataString(account.UserName));
        return new(account.PendingTotpSecret!, $"otpauth://totp/{clinic}:{name}?secret={account.PendingTotpSecret}&issuer={clinic}", account.PendingTotpUntil!.Value);
    }
}

sealed class BeginSecondFactorApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/second-factor", async (IHandle<BeginSecondFactorRequest, NewSecondFactor> begin, CancellationToken ct) =>
                (await begin.Handle(new(), ct)).ToHttp())
           .WithName("BeginSecondFactor").Produces<NewSecondFactor>().ProducesProblem(403).ProducesProblem(412);
}
