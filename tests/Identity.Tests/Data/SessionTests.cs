namespace PatientPortal.Identity.Tests.Data;

public sealed class SessionTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<HttpClient> Browser(string name = "maria")
    {
        var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", name), ("Form.Password", PortalApp.Password));
        return browser;
    }

    [Fact]
    public async Task a_patients_page_session_ends_after_half_an_hour_without_use_and_not_before()
    {
        using var browser = await Browser();
        for (var i = 0; i < 3; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(29));
            (await browser.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        (await browser.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task use_does_not_keep_a_session_beyond_twelve_hours()
    {
        using var browser = await Browser();
        for (var i = 0; i < 28; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(25));
            (await browser.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        app.Clock.Advance(TimeSpan.FromMinutes(25));
        (await browser.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task the_pages_cookie_reads_the_api_and_changes_nothing_there()
    {
        using var browser = await Browser();
        (await browser.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var change = await browser.PostAsync("/api/v1/sign-out", null);
        change.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await change.Code()).ShouldBe("bearer_required");
        (await browser.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_wrong_audience_is_told_so()
    {
        using var maria = await app.SignInAs("maria");
        var staffs = await maria.GetAsync("/api/v1/staff/patients");
        staffs.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await staffs.Code()).ShouldBe("wrong_audience");

        using var nurse = await app.SignInAs("nurse");
        (await nurse.GetAsync("/api/v1/patients/me")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer not-a-token")]
    [InlineData("Basic bWFyaWE6eA==")]
    [InlineData("Bearer aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task what_is_no_token_of_ours_opens_nothing(string header)
    {
        using var client = app.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task another_persons_chart_and_one_that_is_not_there_are_the_same_404()
    {
        using var maria = await app.SignInAs("maria");
        using var aisha = await app.SignInAs("aisha");
        var others = await maria.GetAsync($"/api/v1/patients/{await PortalApp.OwnChart(aisha)}");
        var nobodys = await maria.GetAsync($"/api/v1/patients/{Guid.CreateVersion7()}");

        others.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Body(await others.Content.ReadAsStringAsync()).ShouldBe(Body(await nobodys.Content.ReadAsStringAsync()));

        static string Body(string problem) => problem[..problem.IndexOf("\"traceId\"", StringComparison.Ordinal)];
    }
}
