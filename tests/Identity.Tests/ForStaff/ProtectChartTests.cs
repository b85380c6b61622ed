namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ProtectChartTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient doctor = null!, privacy = null!;
    string maria = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        (doctor, privacy, maria) = (await app.SignInAs("drlee"), await app.SignInAs("privacy"), await app.ChartOf("maria"));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task a_protected_chart_opens_with_a_reason_only_until_the_protection_is_lifted()
    {
        (await doctor.Opens(maria)).ShouldBe(HttpStatusCode.OK);
        (await privacy.Protect(maria)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await doctor.Opens(maria)).ShouldBe(HttpStatusCode.Forbidden);
        (await doctor.Break(maria)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await doctor.Opens(maria)).ShouldBe(HttpStatusCode.OK);
        (await (await app.SignInAs("nurse")).Opens(maria)).ShouldBe(HttpStatusCode.Forbidden);
        // The patient's own way is not touched.
        (await (await app.SignInAs("maria")).GetAsync("/api/v1/patients/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await privacy.Protect(maria, false)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.SignInAs("nurse")).Opens(maria)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_privacy_officer_decides_without_opening_it()
    {
        (await privacy.Protect(maria)).EnsureSuccessStatusCode();
        (await privacy.Opens(maria)).ShouldBe(HttpStatusCode.Forbidden);
        var seen = await privacy.See($"/api/v1/staff/patients/{maria}/protection");
        (seen.GetProperty("protected").GetBoolean(), seen.Text("because"), seen.Text("by")).ShouldBe((true, "In the news", "Ruth Abelson"));
        (await (await privacy.Break(maria)).Code()).ShouldBe("missing_permission");
    }

    [Fact]
    public async Task twice_at_once_is_once()
    {
        var answers = await Task.WhenAll(privacy.Protect(maria), privacy.Protect(maria));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK || a.StatusCode == HttpStatusCode.PreconditionFailed);
        answers.ShouldContain(a => a.StatusCode == HttpStatusCode.OK);
        (await privacy.See($"/api/v1/staff/patients/{maria}/protection")).GetProperty("protected").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task nobody_else_decides_and_a_reason_is_needed()
    {
        foreach (var who in new[] { "drlee", "nurse", "admin", "records" })
            (await (await app.SignInAs(who)).Protect(maria)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, who);
        (await (await privacy.PutAsJsonAsync($"/api/v1/staff/patients/{maria}/protection", new { @protected = true })).FieldErrors("because")).ShouldNotBeEmpty();
        (await privacy.Protect(Guid.CreateVersion7().ToString())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task the_page_protects_and_lifts()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = privacy.DefaultRequestHeaders.Authorization;
        var path = $"/staff/patients/{maria}/protection";
        (await browser.Send(path, await browser.Page(path), "protect", ("Form.Because", "In the news"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetStringAsync(path)).ShouldContain("In the news");
        (await browser.Send(path, await browser.Page(path), "lift")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await doctor.Opens(maria)).ShouldBe(HttpStatusCode.OK);
    }
}
