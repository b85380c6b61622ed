namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class CountAuditTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task who_opened_most_charts_and_what_was_refused()
    {
        using var admin = await app.SignInAs("admin");
        using var nurse = await app.SignInAs("nurse");
        foreach (var name in new[] { "maria", "aisha" }) await nurse.See($"/api/v1/staff/patients/{await PortalApp.OwnChart(await app.SignInAs(name))}");
        await nurse.GetAsync("/api/v1/staff/audit");
        var nurseId = (await nurse.See("/api/v1/me")).Text("userId");

        var report = await admin.See("/api/v1/staff/audit/report?by=actor");
        report.Text("from").ShouldBe("2026-10-25");
        report.Text("to").ShouldBe("2026-11-23");
        var line = report.GetProperty("items").EnumerateArray().Single(l => l.Text("key") == nurseId);
        line.Text("name")!.ShouldEndWith(", Nurse");
        line.GetProperty("patients").GetInt32().ShouldBe(2);
        line.GetProperty("reads").GetInt32().ShouldBeGreaterThanOrEqualTo(2);
        line.GetProperty("refused").GetInt32().ShouldBeGreaterThanOrEqualTo(1);

        (await admin.See("/api/v1/staff/audit/report?by=patient")).GetProperty("items").EnumerateArray().ShouldContain(l => l.Text("name") == "Maria Alvarez");
        (await admin.See("/api/v1/staff/audit/report?by=outcome")).GetProperty("items").EnumerateArray().ShouldContain(l => l.Text("key") == "forbidden");
        var first = await admin.See("/api/v1/staff/audit/report?by=what&limit=1");
        first.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await admin.See($"/api/v1/staff/audit/report?by=what&limit=1&cursor={first.Text("next")}")).GetProperty("items")[0].Text("key").ShouldNotBe(first.GetProperty("items")[0].Text("key"));
    }

    [Theory]
    [InlineData("by=moon")]
    [InlineData("from=2026-01-01&to=2026-11-23")]
    [InlineData("from=2026-11-23&to=2026-11-22")]
    [InlineData("cursor=x")]
    public async Task what_makes_no_sense_is_refused(string query) =>
        (await (await app.SignInAs("admin")).GetAsync($"/api/v1/staff/audit/report?{query}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task it_needs_the_permission() =>
        (await (await app.SignInAs("frontdesk")).GetAsync("/api/v1/staff/audit/report")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task the_page_shows_it()
    {
        using var browser = app.Browser();
        await browser.SignInStaff(app, "admin");
        (await browser.Page("/staff/audit/report")).QuerySelector("h1")!.TextContent.ShouldBe("Audit report");
        (await browser.Page("/staff/audit/report?from=nonsense")).Body!.TextContent.ShouldContain("A date such as");
    }
}
