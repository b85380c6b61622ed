using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.IssueActivationCode;

/// <summary>A code that lets this one patient make their account, shown this once; a code given out earlier stops working.</summary>
[Does(Act.Create, "activation code", "Issued an activation code for the portal", Needs = "patients")]
sealed record IssueActivationCodeRequest;

/// <param name="ActivationCode">In groups of four, as it stands in the letter.</param>
/// <param name="Language">The patient's, for the letter: "en" or "es".</param>
sealed record IssuedCode(string ActivationCode, DateTimeOffset ExpiresAt, string Language);

sealed class IssueActivationCodeHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, ActivationCodes codes, MinorsAccounts minors, TimeProvider clock) : IHandle<IssueActivationCodeRequest, IssuedCode>
{
    public async Task<Outcome<IssuedCode>> Handle(IssueActivationCodeRequest ask, CancellationToken ct)
    {
        if (await db.Patients.AnyAsync(p => p.Id == patient.Id && p.IsDeceased, ct))
            return Outcome.Refused("patient_deceased", "This patient has died.", "Somebody who represents them gets access of their own; ask an administrator.");
        if (await db.Accounts.AnyAsync(a => a.PatientId == patient.Id && a.ClosedAt == null, ct))
            return Outcome.Conflict("account_exists", "This patient has an account already. If they can't sign in, they can reset their password.");

        var chart = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id, ct);
        if (!await minors.MayHaveOne(chart, ct))
            return Outcome.Refused("too_young", "A child of this age can't have an account.", "Let a parent act for them instead, on papers.");

        var code = ActivationCodes.New();
        var issued = new IssuedCode(code, Zones.In(clock.GetUtcNow() + IdentityLimits.ActivationCode, patient.TimeZone), chart.Language);
        return await db.InTransaction<Outcome<IssuedCode>>(async () =>
        {
            await codes.Issue(patient.Id, staff.Id, code, ct);
            return await db.TrySave(issued, ct) is Saved.Done ? issued : Outcome.Conflict("try_again", "That did not work out. Please try again.");
        }, ct);
    }
}

sealed class IssueActivationCodeApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/patients/{patient}/activation-codes", async (IHandle<IssueActivationCodeRequest, IssuedCode> issue, CancellationToken ct) =>
                (await issue.Handle(new(), ct)).ToHttp(c => Results.Json(c, statusCode: StatusCodes.Status201Created)))
           .WithName("IssueActivationCode").Produces<IssuedCode>(201).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
}
