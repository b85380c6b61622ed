using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.ForgetUserName;

/// <summary>
/// Somebody says they forgot their user name. The answer is the same at once for every address; which accounts it has is found out afterwards, and only that address is told.
/// </summary>
sealed record ForgetUserNameRequest(string? Email);

sealed class ForgetUserNameRules : AbstractValidator<ForgetUserNameRequest>
{
    public ForgetUserNameRules()
    {
        RuleFor(r => r.Email).NotEmpty().WithMessage("Enter your e-mail address.").MaximumLength(254).WithMessage("That is longer than an e-mail address can be.");
        RuleFor(r => r.Email).Must(MailAddress.IsWellFormed).WithMessage("An e-mail address looks like name@example.org.").When(r => !string.IsNullOrEmpty(r.Email));
    }
}

sealed class ForgetUserNameHandler(IdentityDb db, Failures failures) : IHandle<ForgetUserNameRequest, Done>
{
    public async Task<Outcome<Done>> Handle(ForgetUserNameRequest ask, CancellationToken ct)
    {
        if (failures.HoldAsking() is { } hold) return hold;

        // One address's news in one order: of two at once the second sees the mail of the first.
        var email = MailAddress.Key(ask.Email!);
        db.Announce(new UserNameForgotten(email), Ids.Of($"identity: user names of {email}"));
        await db.Save(ct);
        return default(Done);
    }
}

sealed class ForgetUserNameApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/username/forgot", async (ForgetUserNameRequest ask, IHandle<ForgetUserNameRequest, Done> forget, CancellationToken ct) =>
                (await forget.Handle(ask, ct)).ToHttp(_ => Results.Accepted()))
           .WithName("ForgetUserName").Produces(202).ProducesProblem(400).ProducesProblem(429);
}
