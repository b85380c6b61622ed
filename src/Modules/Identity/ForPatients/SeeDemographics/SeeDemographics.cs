using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForPatients.SeeDemographics;

/// <summary>Who this chart is about, as the clinic knows them.</summary>
[Does(Act.Read, "demographics", "Looked at name, birth date and contact details")]
sealed record SeeDemographicsRequest;

/// <param name="Sex">FHIR administrative gender.</param>
sealed record Demographics(
    Guid Id, string ChartNumber, string Name, string GivenName, string FamilyName, DateOnly BirthDate, string? Sex,
    string? Email, string? Phone, string? Address, string TimeZone, string Language, bool Deceased);

sealed class SeeDemographicsHandler(IdentityDb db, CurrentPatient me) : IHandle<SeeDemographicsRequest, Demographics>
{
    public async Task<Outcome<Demographics>> Handle(SeeDemographicsRequest ask, CancellationToken ct) =>
        await db.Patients.AsNoTracking().Where(p => p.Id == me.Id).Select(p => new Demographics(
            p.Id, p.ChartNumber, p.Name, p.GivenName, p.FamilyName, p.BirthDate, p.Sex, p.Email, p.Phone, p.Address, p.TimeZone, p.Language, p.IsDeceased))
            .SingleOrDefaultAsync(ct) is { } found ? found : Outcome.NotFound;
}

sealed class SeeDemographicsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("", async (IHandle<SeeDemographicsRequest, Demographics> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithName("SeeDemographics").Produces<Demographics>().ProducesProblem(404);
}
