using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.ForPatients;

public sealed class ReadMedicationTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_medication_shows_its_supply_and_its_refills()
    {
        var maria = await app.SignInAs("maria");
        var id = await app.Prescribe(await PortalApp.OwnChart(maria), filledDaysAgo: 25);
        var medication = await maria.Json($"/api/v1/patients/me/medications/{id}");
        medication.Text("name").ShouldBe("Lisinopril 10 MG Oral Tablet");
        medication.Text("dosage").ShouldBe("Take 1 tablet by mouth once a day");
        medication.Text("lastFilledOn").ShouldBe("2026-10-29");
        medication.Text("runsOutOn").ShouldBe("2026-11-28");
        medication.GetProperty("refillsLeft").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task an_unknown_medication_and_somebody_elses_are_the_same_not_found()
    {
        var (maria, aisha) = (await app.SignInAs("maria"), await app.SignInAs("aisha"));
        var hers = await app.Prescribe(await PortalApp.OwnChart(maria));
        var foreign = await aisha.GetAsync($"/api/v1/patients/me/medications/{hers}");
        var unknown = await aisha.GetAsync($"/api/v1/patients/me/medications/{Guid.CreateVersion7()}");
        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Prescriptions.Json(foreign)).Text("detail").ShouldBe((await Prescriptions.Json(unknown)).Text("detail"));
    }
}
