using System.Text.Json.Serialization;
using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.AskToSignUp;

/// <summary>
/// Somebody without a letter says who they are and asks for an account. The answer is the same at once for everybody; whether a chart is theirs is found
/// out afterwards, and nothing of it is said to whoever asked.
/// </summary>
/// <param name="Sex">FHIR administrative gender, when they want to say it.</param>
/// <param name="ChartNumber">From one of the clinic's papers, when they have one.</param>
sealed record AskToSignUpRequest(string? GivenName, string? FamilyName, DateOnly? DateOfBirth, string? Sex, string? Email, string? Phone, string? ChartNumber)
{
    [JsonIgnore] public string Language { get; init; } = "en";
}

sealed class AskToSignUpRules : AbstractValidator<AskToSignUpRequest>
{
    public AskToSignUpRules(TimeProvider clock)
    {
        RuleFor(r => r.GivenName).NotEmpty().WithMessage("Enter your given name.").MaximumLength(100).WithMessage("That is longer than a name can be here.");
        RuleFor(r => r.FamilyName).NotEmpty().WithMessage("Enter your family name.").MaximumLength(100).WithMessage("That is longer than a name can be here.");
        RuleFor(r => r.DateOfBirth).NotNull().WithMessage("Enter your date of birth.");
        RuleFor(r => r.DateOfBirth).Must(d => d <= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddDays(1) && d.Value.Year >= 1880).WithMessage("That can't be a date of birth.").When(r => r.DateOfBirth is not null);
        RuleFor(r => r.Sex).Must(s => s is "female" or "male" or "other" or "unknown").WithMessage("Choose one of the list, or leave it out.").When(r => !string.IsNullOrEmpty(r.Sex));
        RuleFor(r => r.Email).NotEmpty().WithMessage("Enter the e-mail address that the clinic has of you.").MaximumLength(254).WithMessage("That is longer than an e-mail address can be.");
        RuleFor(r => r.Email).Must(MailAddress.IsWellFormed).WithMessage("An e-mail address looks like name@example.org.").When(r => !string.IsNullOrEmpty(r.Email));
        RuleFor(r => r.Phone).MaximumLength(40).WithMessage("That is longer than a phone number can be.");
        RuleFor(r => r.ChartNumber).MaximumLength(40).WithMessage("That is longer than a chart number can be.");
    }
}

sealed class AskToSignUpHandler(IdentityDb db, Failures failures, Vault vault, TimeProvider clock) : IHandle<AskToSignUpRequest, Done>
{
    public async Task<Outcome<Done>> Handle(AskToSignUpRequest ask, CancellationToken ct)
    {
        if (failures.HoldAsking() is { } hold) return hold;
        var asked = new SignUp
        {
            Id = Ids.New(clock), GivenName = ask.GivenName!.Trim(), FamilyName = ask.FamilyName!.Trim(), BirthDate = ask.DateOfBirth!.Value, Sex = Said(ask.Sex), Email = ask.Email!.Trim(),
            Phone = Said(ask.Phone), ChartNumber = Said(ask.ChartNumber), MailPrint = MailAddress.PrintOf(ask.Email, vault), Language = ask.Language, AskedAt = clock.GetUtcNow(),
        };
        db.Add(asked);
        db.Announce(new SignUpAsked(asked.Id), null);
        await db.Save(ct);
        return default(Done);
    }

    static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

sealed class AskToSignUpApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/sign-up", async (AskToSignUpRequest ask, IHandle<AskToSignUpRequest, Done> sign, Texts T, CancellationToken ct) =>
                (await sign.Handle(ask with { Language = T.Language }, ct)).ToHttp(_ => Results.Accepted()))
           .WithName("AskToSignUp").Produces(202).ProducesProblem(400).ProducesProblem(429);
}
