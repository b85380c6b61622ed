namespace PatientPortal.Identity.Tests.ForPatients;

public sealed class SeeDemographicsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_patient_sees_their_own()
    {
        using var maria = await app.SignInAs("maria");
        var mine = await maria.See("/api/v1/patients/me");
        mine.Text("name").ShouldStartWith("Maria");
        mine.Text("birthDate").ShouldNotBeNullOrEmpty();
        mine.Text("chartNumber").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task a_proxy_sees_those_they_care_for()
    {
        using var james = await app.SignInAs("james");
        var child = (await james.See("/api/v1/me")).GetProperty("patients").EnumerateArray().Single(p => p.Text("relation") is not "self");
        (await james.See($"/api/v1/patients/{child.Text("id")}")).Text("name").ShouldBe(child.Text("name"));
    }

    [Fact]
    public async Task somebody_elses_is_not_found()
    {
        using var maria = await app.SignInAs("maria");
        using var aisha = await app.SignInAs("aisha");
        (await maria.GetAsync($"/api/v1/patients/{await PortalApp.OwnChart(aisha)}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await maria.GetAsync("/api/v1/patients/not-an-id")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
