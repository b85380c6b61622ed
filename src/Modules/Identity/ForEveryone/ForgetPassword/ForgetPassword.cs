using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.ForgetPassword;

/// <summary>
/// Somebody says they forgot their password. The answer is the same at once for every name; whether anybody has it is found out afterwards.
/// </summary>
sealed record ForgetPasswordRequest(string? Username);

sealed class ForgetPasswordRules : AbstractValidator<ForgetPasswordRequest>
{
    public ForgetPasswordRules() => RuleFor(r => r.Username).NotEmpty().WithMessage("Enter your user name.").MaximumLength(256);
}

sealed class ForgetPasswordHandler(IdentityDb db, Failures failures) : IHandle<ForgetPasswordRequest, Done>
{
    public async Task<Outcome<Done>> Handle(ForgetPasswordRequest ask, CancellationToken ct)
    {
        if (failures.HoldAsking() is { } hold) return hold;

        db.Announce(new PasswordForgotten(LoginName.Key(ask.Username)), null);
        await db.Save(ct);
        return default(Done);
    }
}

sealed class ForgetPasswordApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/password/forgot", async (ForgetPasswordRequest ask, IHandle<ForgetPasswordRequest, Done> forget, CancellationToken ct) =>
                (await forget.Handle(ask, ct)).ToHttp(_ => Results.Accepted()))
           .WithName("ForgetPassword").Produces(202).ProducesProblem(400).ProducesProblem(429);
}
