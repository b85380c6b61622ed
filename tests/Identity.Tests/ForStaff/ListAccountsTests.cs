namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ListAccountsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task an_administrator_sees_staff_and_patients()
    {
        var list = await (await app.SignInAs("admin")).See("/api/v1/staff/accounts?limit=100");
        var names = list.GetProperty("items").EnumerateArray().ToDictionary(a => a.Text("username")!, a => a);
        names["drlee"].Text("role").ShouldBe("Physician");
        names["maria"].Text("kind").ShouldBe("patient");
    }

    [Fact]
    public async Task a_search_narrows_it() =>
        (await (await app.SignInAs("admin")).See("/api/v1/staff/accounts?query=MAR")).GetProperty("items").EnumerateArray().ShouldAllBe(a => a.Text("username")!.Contains("mar"));

    [Fact]
    public async Task others_on_the_staff_may_not()
    {
        var answer = await (await app.SignInAs("nurse")).GetAsync("/api/v1/staff/accounts");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Code()).ShouldBe("missing_permission");
    }
}
