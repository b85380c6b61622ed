using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Identity.ForStaff.DecideSignUp;

/// <summary>What somebody gave who asked for an account, and the charts that may be theirs.</summary>
[Does(Act.Read, "sign-ups", "Was shown as a chart that may be of somebody who asked for an account", Needs = "sign-ups")]
sealed record SeeSignUpRequest(Guid SignUp);

sealed record SignUpSheet(
    Guid Id, SignUpState State, SignUpDoubt? Doubt, string GivenName, string FamilyName, DateOnly BirthDate, string? Sex, string Email, string? Phone, string? ChartNumber,
    DateTimeOffset AskedAt, string? DecidedBy, string? Note, IReadOnlyList<SignUpChart> Charts) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Charts.Select(c => c.PatientId);
}

/// <param name="Score">0 to 100: how alike the facts are.</param>
sealed record SignUpChart(Guid PatientId, string Name, string ChartNumber, DateOnly BirthDate, int Score, IReadOnlyList<string> Reasons);

sealed class SeeSignUpHandler(IdentityDb db, CurrentStaff staff, ChartSearch search, IPatientDoor door, RequestScope scope, IConfiguration settings) : IHandle<SeeSignUpRequest, SignUpSheet>
{
    public async Task<Outcome<SignUpSheet>> Handle(SeeSignUpRequest ask, CancellationToken ct)
    {
        if (!staff.May("sign-ups") || await db.SignUps.AsNoTracking().SingleOrDefaultAsync(s => s.Id == ask.SignUp, ct) is not { } asked) return Outcome.NotFound;
        var found = asked.State is SignUpState.Waiting ? await search.Candidates(asked.Facts, 5, ct) : [];
        var ids = found.Select(f => f.PatientId).ToList();
        // A protected chart is not shown to whoever may not open it.
        var closed = await door.ClosedTo(scope.Actor, ids, ct);
        var charts = await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        return new SignUpSheet(asked.Id, asked.State, asked.Doubt, asked.GivenName, asked.FamilyName, asked.BirthDate, asked.Sex, asked.Email, asked.Phone, asked.ChartNumber,
            Zones.In(asked.AskedAt, Clinic.Of(settings).Zone), asked.DecidedByName, asked.Note,
            [.. found.Where(f => !closed.ContainsKey(f.PatientId)).Select(f => (Found: f, Chart: charts[f.PatientId]))
                .Select(f => new SignUpChart(f.Chart.Id, f.Chart.Name, f.Chart.ChartNumber, f.Chart.BirthDate, f.Found.Score, f.Found.Reasons))]);
    }
}

/// <summary>
/// Staff who know who it is give out an activation code for that person's chart, or decline. Of two who decide at once one does.
/// </summary>
/// <param name="Patient">Whose chart it is; null to decline.</param>
/// <param name="Note">How the person proved who they are, or why it is declined.</param>
[Does(Act.Update, "sign-ups", "Decided on somebody who asked for an account", Needs = "sign-ups")]
sealed record DecideSignUpRequest(Guid SignUp, Guid? Patient, string? Note);

/// <param name="ActivationCode">Shown this once; null when it was declined, as are the rest.</param>
/// <param name="Name">As the chart has it, for the letter.</param>
/// <param name="Language">The patient's, for the letter: "en" or "es".</param>
sealed record DecidedSignUp(string? ActivationCode, DateTimeOffset? ExpiresAt, string? Name = null, string? Language = null);

sealed class DecideSignUpRules : AbstractValidator<DecideSignUpRequest>
{
    public DecideSignUpRules()
    {
        RuleFor(r => r.Note).NotEmpty().WithMessage("Say how you know who it is, or why you decline.").MaximumLength(500).WithMessage("Keep it under 500 characters.");
    }
}

sealed class DecideSignUpHandler(IdentityDb db, CurrentStaff staff, ActivationCodes codes, MinorsAccounts minors, IPatientDoor door, RequestScope scope, IConfiguration settings, TimeProvider clock)
    : IHandle<DecideSignUpRequest, DecidedSignUp>
{
    public async Task<Outcome<DecidedSignUp>> Handle(DecideSignUpRequest ask, CancellationToken ct)
    {
        if (!staff.May("sign-ups") || await db.SignUps.SingleOrDefaultAsync(s => s.Id == ask.SignUp, ct) is not { } asked) return Outcome.NotFound;
        if (asked.State is not SignUpState.Waiting)
            return Outcome.Conflict("already_decided", asked.DecidedByName is null ? "This is over already." : $"{asked.DecidedByName} decided this already.");
        (asked.DecidedById, asked.DecidedByName, asked.DecidedAt, asked.Note) = (staff.Id, staff.Name, clock.GetUtcNow(), ask.Note!.Trim());
        if (ask.Patient is not { } id)
        {
            asked.State = SignUpState.Declined;
            return await db.TrySave(new DecidedSignUp(null, null), ct) is Saved.Done ? new DecidedSignUp(null, null) : Outcome.Stale();
        }

        if (await db.Patients.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is not { } chart) return Outcome.Invalid("patient", "There is no such chart.");
        scope.AboutPatient = chart.Id;
        if ((await door.ClosedTo(scope.Actor, [id], ct)).TryGetValue(id, out var protection)) return protection.Refusal;
        if (chart.IsDeceased) return Outcome.Refused("patient_deceased", "This patient has died.", "Somebody who represents them gets access of their own, on papers.");
        if (await db.Accounts.AnyAsync(a => a.PatientId == id && a.ClosedAt == null, ct)) return Outcome.Conflict("account_exists", "This patient has an account already. If they can't sign in, help them with that.");
        if (!await minors.MayHaveOne(chart, ct)) return Outcome.Refused("too_young", "A child of this age can't have an account.", "Let a parent act for them instead, on papers.");

        (asked.State, asked.PatientId) = (SignUpState.Invited, id);
        var code = ActivationCodes.New();
        var decided = new DecidedSignUp(code, Zones.In(clock.GetUtcNow() + IdentityLimits.ActivationCode, Clinic.Of(settings).Zone), chart.Name, chart.Language);
        return await db.InTransaction<Outcome<DecidedSignUp>>(async () =>
        {
            await codes.Issue(id, staff.Id, code, ct);
            return await db.TrySave(decided, ct) is Saved.Done ? decided : Outcome.Stale();
        }, ct);
    }
}

sealed class DecideSignUpApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/sign-ups/{signUp:guid}", async (Guid signUp, IHandle<SeeSignUpRequest, SignUpSheet> see, CancellationToken ct) => (await see.Handle(new(signUp), ct)).ToHttp())
           .WithName("SeeSignUp").Produces<SignUpSheet>().ProducesProblem(403).ProducesProblem(404);
        api.MapPost("/sign-ups/{signUp:guid}/decision", async (Guid signUp, SignUpDecision body, IHandle<DecideSignUpRequest, DecidedSignUp> decide, CancellationToken ct) =>
                (await decide.Handle(new(signUp, body.Patient, body.Note), ct)).ToHttp())
           .WithName("DecideSignUp").Produces<DecidedSignUp>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412).ProducesProblem(422);
    }
}

sealed record SignUpDecision(Guid? Patient, string? Note);
