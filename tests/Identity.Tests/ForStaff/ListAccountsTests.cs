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
    public async Task page_by_page_everybody_stands_once_staff_first()
    {
        var admin = await app.SignInAs("admin");
        var (all, cursor, pages) = (new List<JsonElement>(), (string?)null, 0);
        do
        {
            var page = await admin.See($"/api/v1/staff/accounts?limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            all.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.Text("next");
        }
        while (cursor is not null && ++pages < 50);
        pages.ShouldBeGreaterThan(2);
        var whole = (await admin.See("/api/v1/staff/accounts?limit=100")).GetProperty("items").EnumerateArray().Select(a => a.Text("id")).ToList();
        all.Select(a => a.Text("id")).ShouldBe(whole);
        all.Select(a => a.Text("kind")).ShouldBe(all.Select(a => a.Text("kind")).OrderByDescending(k => k));
    }

    [Theory]
    [InlineData("20")]
    [InlineData("x")]
    [InlineData("00000000000000000000000000000000")]
    public async Task a_cursor_that_is_none_is_refused(string cursor) =>
        (await (await app.SignInAs("admin")).GetAsync($"/api/v1/staff/accounts?cursor={cursor}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task others_on_the_staff_may_not()
    {
        var answer = await (await app.SignInAs("nurse")).GetAsync("/api/v1/staff/accounts");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Code()).ShouldBe("missing_permission");
    }
}
