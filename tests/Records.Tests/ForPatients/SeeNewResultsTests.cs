using PatientPortal.Records.ForPatients.SeeNewResults;
using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForPatients;

public class SeeNewResultsTests(PortalApp app)
{
    [Fact]
    public async Task home_names_what_is_new()
    {
        var home = (await (await app.SignInAs("maria")).Json("/api/v1/patients/me/home")).GetProperty("newResults");
        home.GetProperty("count").GetInt32().ShouldBeGreaterThan(0);
        home.GetProperty("newest")[0].Text("name").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task history_that_comes_late_is_not_new()
    {
        var (james, name) = (await app.SignInAs("james"), Fresh("History"));
        await app.Arrives(await app.ChartOf("james"), Fresh("ehr"), Observation(Fresh(), name: name, at: "2020-01-01"));
        (await james.Json("/api/v1/patients/me/results?limit=100")).Items().First(i => i.Text("name") == name).GetProperty("isNew").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task it_is_one_statement() => (await app.Statements<SeeNewResultsRequest, NewResults>(await app.ChartOf("maria"), new())).ShouldBe(1);

    [Fact]
    public async Task somebody_elses_home_is_not_found() =>
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{await app.ChartOf("maria")}/home", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
}
