namespace PatientPortal.Identity.Tests.ForPatients;

public sealed class ListPrivacyQuestionsTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task newest_first_a_page_at_a_time()
    {
        using var maria = await app.SignInAs("maria");
        using var nurse = await app.SignInAs("nurse");
        for (var i = 0; i < 3; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await nurse.See($"/api/v1/staff/patients/{await PortalApp.OwnChart(maria)}");
            var access = (await maria.See("/api/v1/patients/me/access-log?others=true")).GetProperty("items")[0].Text("id");
            (await maria.PostAsJsonAsync($"/api/v1/patients/me/access-log/{access}/question", new { question = $"Question {i}" })).EnsureSuccessStatusCode();
        }
        var first = await maria.See("/api/v1/patients/me/privacy-questions?limit=2");
        first.GetProperty("items").EnumerateArray().Select(q => q.Text("question")).ShouldBe(["Question 2", "Question 1"]);
        var second = await maria.See($"/api/v1/patients/me/privacy-questions?limit=2&cursor={first.Text("next")}");
        second.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().Text("question").ShouldBe("Question 0");
        (await maria.GetAsync("/api/v1/patients/me/privacy-questions?cursor=x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await DatabaseBytes.Of(app.Database)).Hold("Question 1").ShouldBeFalse("What somebody asks is sealed.");
    }

    [Fact]
    public async Task somebody_elses_are_not_found_and_nobody_has_some_at_first()
    {
        using var maria = await app.SignInAs("maria");
        using var aisha = await app.SignInAs("aisha");
        (await maria.GetAsync($"/api/v1/patients/{await PortalApp.OwnChart(aisha)}/privacy-questions")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await aisha.See("/api/v1/patients/me/privacy-questions")).GetProperty("items").GetArrayLength().ShouldBe(0);
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "aisha"), ("Form.Password", PortalApp.Password));
        (await browser.Page("/access-log/questions")).Body!.TextContent.ShouldContain("You have asked nothing yet");
    }
}
