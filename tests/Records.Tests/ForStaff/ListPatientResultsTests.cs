using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForStaff;

public class ListPatientResultsTests(PortalApp app)
{
    [Fact]
    public async Task staff_see_what_the_patient_does_not_see_yet_and_that_it_is_so()
    {
        var (chart, source, name) = (await app.ChartOf("james"), Fresh("ehr"), Fresh("Early"));
        await app.Arrives(chart, source, Observation(Fresh(), name: name, status: "preliminary"));
        var item = (await (await app.SignInAs("drlee")).Json($"/api/v1/staff/patients/{chart}/results?limit=100")).Items().First(i => i.Text("name") == name);
        (item.Text("release"), item.Text("status")).ShouldBe(("unfinished", "preliminary"));
    }

    [Fact]
    public async Task a_patient_is_not_staff_and_an_unknown_chart_is_not_found()
    {
        (await (await app.SignInAs("maria")).GetAsync($"/api/v1/staff/patients/{await app.ChartOf("maria")}/results", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.SignInAs("drlee")).GetAsync($"/api/v1/staff/patients/{Guid.CreateVersion7()}/results", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
