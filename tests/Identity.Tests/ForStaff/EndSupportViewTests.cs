namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class EndSupportViewTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient desk = null!;
    string maria = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        (desk, maria) = (await app.SignInAs("frontdesk"), await app.ChartOf("maria"));
        (await desk.PostAsJsonAsync($"/api/v1/staff/patients/{maria}/support-view", new { reason = "Cannot find the lab report" })).EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task it_ends_at_once_and_work_goes_on()
    {
        (await desk.DeleteAsync("/api/v1/staff/support-view")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await desk.GetAsync($"/support/{maria}/")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await desk.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await desk.PostAsJsonAsync("/api/v1/staff/me/ties", new { })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await desk.DeleteAsync("/api/v1/staff/support-view")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await app.SignInAs("maria")).GetStringAsync("/api/v1/patients/me/access-log?limit=100")).ShouldContain("Stopped looking at your pages");
    }

    [Fact]
    public async Task signing_out_ends_it_with_the_session()
    {
        (await desk.PostAsync("/api/v1/sign-out", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await desk.GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await app.SignInAs("frontdesk", fresh: true)).GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_button_ends_it_on_the_page()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = desk.DefaultRequestHeaders.Authorization;
        (await browser.Send("/staff/support-view", await browser.Page("/staff/support-view"), "end-support-view")).Headers.Location!.ToString().ShouldEndWith($"/staff/patients/{maria}");
        (await browser.GetStringAsync("/staff/support-view")).ShouldContain("No support view is open");
    }

    [Fact]
    public async Task nobody_else_ends_it()
    {
        (await (await app.SignInAs("admin")).DeleteAsync("/api/v1/staff/support-view")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await desk.GetAsync($"/support/{maria}/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.SignInAs("maria")).DeleteAsync("/api/v1/staff/support-view")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
