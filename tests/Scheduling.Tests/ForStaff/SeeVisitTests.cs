namespace PatientPortal.Scheduling.Tests.ForStaff;

public class SeeVisitTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task staff_see_the_visit_with_its_patient_and_the_patient_reads_who_looked()
    {
        var maria = await app.SignInAs("maria");
        var id = (await maria.Json($"{Clinic.Mine}?status=upcoming")).Items().First().Text("id");
        var desk = await app.SignInAs("frontdesk");
        var visit = await desk.Json($"/api/v1/staff/appointments/{id}");
        visit.GetProperty("patient").Text("id").ShouldBe((await PortalApp.OwnChart(maria)).ToString());
        (await maria.Json("/api/v1/patients/me/access-log")).Items().ShouldContain(row => row.ToString().Contains("Becker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_visit_that_is_not_there_is_not_found() =>
        await (await (await app.SignInAs("frontdesk")).GetAsync($"/api/v1/staff/appointments/{Guid.Empty}", Clinic.Ct)).ShouldRefuse(HttpStatusCode.NotFound, "not_found");

    [Fact]
    public async Task a_patient_may_not_look()
    {
        var maria = await app.SignInAs("maria");
        var id = (await maria.Json(Clinic.Mine)).Items().First().Text("id");
        (await maria.GetAsync($"/api/v1/staff/appointments/{id}", Clinic.Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
