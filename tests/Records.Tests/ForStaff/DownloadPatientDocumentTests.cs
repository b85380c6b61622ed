using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForStaff;

public class DownloadPatientDocumentTests(PortalApp app)
{
    [Fact]
    public async Task staff_save_a_note_and_another_charts_is_not_found()
    {
        var (doctor, maria, james) = (await app.SignInAs("drlee"), await app.ChartOf("maria"), await app.ChartOf("james"));
        var id = (await doctor.Json($"/api/v1/staff/patients/{maria}/notes?limit=1")).Items()[0].Text("id");
        (await doctor.GetAsync($"/api/v1/staff/patients/{maria}/documents/{id}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await doctor.GetAsync($"/api/v1/staff/patients/{james}/documents/{id}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("frontdesk")).GetAsync($"/api/v1/staff/patients/{maria}/documents/{id}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
