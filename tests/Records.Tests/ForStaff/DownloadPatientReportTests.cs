using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForStaff;

public class DownloadPatientReportTests(PortalApp app)
{
    [Fact]
    public async Task staff_save_the_file_of_a_result_that_is_not_final_and_another_charts_is_not_found()
    {
        var (doctor, maria, james, source) = (await app.SignInAs("drlee"), await app.ChartOf("maria"), await app.ChartOf("james"), Fresh("ehr"));
        await app.Arrives(james, source, Report(Fresh(), [], status: "preliminary", name: Fresh("Pathology"), more: ""","presentedForm":[{"contentType":"application/pdf","data":"JVBERi0xLjcgeA=="}]"""));
        var id = await app.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.Id).SingleAsync(Ct));
        (await doctor.GetAsync($"/api/v1/staff/patients/{james}/results/{id}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await doctor.GetAsync($"/api/v1/staff/patients/{maria}/results/{id}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("frontdesk")).GetAsync($"/api/v1/staff/patients/{james}/results/{id}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
