namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class SeePatientTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_chart_says_who_the_patient_is_and_whether_they_have_an_account()
    {
        var chart = await PortalApp.OwnChart(await app.SignInAs("maria"));
        var seen = await (await app.SignInAs("nurse")).See($"/api/v1/staff/patients/{chart}");
        seen.Text("username").ShouldBe("maria");
        seen.Text("birthDate").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task a_chart_that_is_not_there_is_not_found() =>
        (await (await app.SignInAs("nurse")).GetAsync($"/api/v1/staff/patients/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task a_patient_does_not_come_in_here() =>
        (await (await app.SignInAs("maria")).GetAsync($"/api/v1/staff/patients/{await PortalApp.OwnChart(await app.SignInAs("maria"))}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task the_page_has_the_cards_of_all_modules()
    {
        using var browser = app.Browser();
        var second = await (await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "admin"), ("Form.Password", PortalApp.Password))).Page();
        await browser.Send("/sign-in", second, "second-step", ("Code.Digits", second.QuerySelector("[data-totp]")!.TextContent));

        var chart = await PortalApp.OwnChart(await app.SignInAs("maria"));
        var page = await browser.Page($"/staff/patients/{chart}");
        page.QuerySelector("h1")!.TextContent.ShouldContain("Maria");
        page.QuerySelectorAll("section.card").Length.ShouldBeGreaterThanOrEqualTo(2);
    }
}
