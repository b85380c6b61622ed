using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.ProveMyself;

/// <summary>Somebody who is signed in proves again who they are, for what wants a recent proof; a wrong one counts like a failed sign-in.</summary>
/// <param name="RecoveryCode">In the place of <paramref name="Code"/>; each works once.</param>
[Does(Act.Execute, "session", "Proved again who they are")]
sealed record ProveMyselfRequest(string? Password, string? Code, string? RecoveryCode = null);

sealed class ProveMyselfRules : AbstractValidator<ProveMyselfRequest>
{
    public ProveMyselfRules()
    {
        RuleFor(r => r.Password).NotEmpty().WithMessage("Enter your password.").MaximumLength(2 * IdentityLimits.PasswordLongest).WithMessage("That is longer than any password here.");
        RuleFor(r => r.Code).MaximumLength(64).WithMessage("That is longer than any code here.");
        RuleFor(r => r.RecoveryCode).MaximumLength(64).WithMessage("That is longer than any code here.");
    }
}

sealed class ProveMyselfHandler(IdentityDb db, SecondFactors factors, Failures failures, Sessions sessions, RequestScope scope) : IHandle<ProveMyselfRequest, Done>
{
    public Task<Outcome<Done>> Handle(ProveMyselfRequest ask, CancellationToken ct) =>
        factors.Prove<Done>(new(ask.Password, string.IsNullOrWhiteSpace(ask.RecoveryCode) ? ask.Code : ask.RecoveryCode), async account =>
        {
            await failures.Forget(account.UserNameKey, ct);
            await sessions.Proven(scope.Actor.SessionId, ct);
            return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
        }, ct);
}

sealed class ProveMyselfApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/prove", async (ProveMyselfRequest ask, IHandle<ProveMyselfRequest, Done> prove, CancellationToken ct) =>
                (await prove.Handle(ask, ct)).ToHttp(_ => Results.NoContent()))
           .WithName("ProveMyself").Produces(204).ProducesProblem(400).ProducesProblem(429);
}
