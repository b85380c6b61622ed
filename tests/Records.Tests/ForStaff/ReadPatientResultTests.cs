using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForStaff;

public class ReadPatientResultTests(PortalApp app)
{
    [Fact]
    public async Task staff_read_a_panel_and_the_patient_still_has_it_new()
    {
        var (chart, source, name) = (await app.ChartOf("james"), Fresh("ehr"), Fresh("Read"));
        await app.Arrives(chart, source, Observation(Fresh(), name: name));
        var id = await app.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.Id).SingleAsync(Ct));
        var panel = await (await app.SignInAs("drlee")).Json($"/api/v1/staff/patients/{chart}/results/{id}");
        (panel.Text("name"), panel.Text("release"), panel.GetProperty("holds").GetArrayLength()).ShouldBe((name, "released", 0));
        (await (await app.SignInAs("james")).Json("/api/v1/patients/me/results?limit=100")).Items().First(i => i.Text("name") == name).GetProperty("isNew").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task a_result_of_another_chart_is_not_found()
    {
        var id = (await (await app.SignInAs("maria")).Json("/api/v1/patients/me/results?limit=1")).Items()[0].Text("id");
        (await (await app.SignInAs("drlee")).GetAsync($"/api/v1/staff/patients/{await app.ChartOf("james")}/results/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
