using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.SeePatient;

/// <summary>A staff member opens a chart: who the patient is and how they are reached.</summary>
[Does(Act.Read, "demographics", "Opened the chart: name, birth date and contact details", Needs = "patients")]
sealed record SeePatientRequest;

/// <param name="Username">Of the patient's portal account; null while there is none, or none that is open.</param>
/// <param name="CodeExpiresAt">Of the activation code that waits to be used, if there is one.</param>
/// <param name="MergedFrom">The numbers of charts that were joined into this one.</param>
sealed record Chart(
    Guid Id, string ChartNumber, string Name, string GivenName, string FamilyName, DateOnly BirthDate, string? Sex,
    string? Email, string? Phone, string? Address, string TimeZone, string Language, bool Deceased,
    string? Username, DateTimeOffset? CodeExpiresAt, IReadOnlyList<ChartProxy> Proxies, IReadOnlyList<string> MergedFrom);

sealed record ChartProxy(string Name, string Relation);

sealed class SeePatientHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, TimeProvider clock) : IHandle<SeePatientRequest, Chart>
{
    public async Task<Outcome<Chart>> Handle(SeePatientRequest ask, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var p = await db.Patients.AsNoTracking().SingleOrDefaultAsync(x => x.Id == patient.Id, ct);
        if (p is null || !staff.May("patients")) return Outcome.NotFound;

        var username = await db.Accounts.Where(a => a.PatientId == p.Id && a.ClosedAt == null).Select(a => a.UserName).SingleOrDefaultAsync(ct);
        var code = await db.ActivationCodes.Where(c => c.PatientId == p.Id && c.UsedAt == null && c.RevokedAt == null && c.ExpiresAt > now)
            .OrderByDescending(c => c.IssuedAt).Select(c => (DateTimeOffset?)c.ExpiresAt).FirstOrDefaultAsync(ct);
        var proxies = await db.Grants.Where(g => g.PatientId == p.Id && g.RevokedAt == null && (g.EndsAt == null || g.EndsAt > now))
            .Join(db.Accounts, g => g.AccountId, a => a.Id, (g, a) => new ChartProxy(a.Name, g.Relation)).ToListAsync(ct);
        return new Chart(p.Id, p.ChartNumber, p.Name, p.GivenName, p.FamilyName, p.BirthDate, p.Sex, p.Email, p.Phone, p.Address,
            p.TimeZone, p.Language, p.IsDeceased, username, code, proxies,
            await db.Patients.Where(a => a.MergedIntoId == p.Id).OrderBy(a => a.ChartNumber).Select(a => a.ChartNumber).ToListAsync(ct));
    }
}

sealed class SeePatientApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/patients/{patient}", async (IHandle<SeePatientRequest, Chart> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithName("SeePatient").Produces<Chart>().ProducesProblem(404);
}
