namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ListProxiesTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_chart_shows_who_may_act_and_on_what_it_rests()
    {
        var desk = await app.SignInAs("frontdesk");
        var daughter = await app.Daughter();
        (await desk.See($"/api/v1/staff/patients/{daughter}/proxies")).GetProperty("proxies")[0].Text("basis").ShouldBe("parental-responsibility");
        (await desk.Page($"/staff/patients/{daughter}")).Body!.TextContent.ShouldContain("Parental responsibility");
    }

    [Fact]
    public async Task a_patient_sees_nothing_of_it() =>
        (await (await app.SignInAs("maria")).GetAsync($"/api/v1/staff/patients/{await app.Daughter()}/proxies")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
}
