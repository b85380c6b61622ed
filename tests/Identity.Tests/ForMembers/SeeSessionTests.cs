namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class SeeSessionTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("maria", 1800)]
    [InlineData("frontdesk", 900)]
    public async Task R72_asking_how_long_one_stays_keeps_the_session_and_its_absolute_end_stays(string who, int idle)
    {
        using var client = app.Browser();
        await SignIn(client, who);
        var first = await client.See("/api/v1/me/session");
        (first.GetProperty("idleSeconds").GetInt32(), first.GetProperty("leftSeconds").GetInt32()).ShouldBe((idle, 43_200));

        for (var i = 0; i < 3; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(idle - 60));
            (await client.See("/api/v1/me/session")).GetProperty("leftSeconds").GetInt32().ShouldBe(43_200 - ((i + 1) * (idle - 60)));
        }
        app.Clock.Advance(TimeSpan.FromSeconds(idle));
        (await client.GetAsync("/api/v1/me/session")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task R72_every_page_of_somebody_signed_in_carries_the_warning_and_nobody_elses_does()
    {
        using var browser = app.Browser();
        (await browser.Page("/sign-in")).QuerySelector("#session").ShouldBeNull();
        await SignIn(browser, "maria");
        var box = (await browser.Page("/account")).QuerySelector("dialog#session")!;
        box.GetAttribute("role").ShouldBe("alertdialog");
        (box.GetAttribute("data-idle"), box.GetAttribute("data-left")).ShouldBe(("1800", "43200"));
        box.QuerySelector($"#{box.GetAttribute("aria-labelledby")}").ShouldNotBeNull();
        box.QuerySelector($"#{box.GetAttribute("aria-describedby")}").ShouldNotBeNull();
    }

    async Task SignIn(HttpClient client, string who)
    {
        var entered = await client.Send("/sign-in", await client.Page("/sign-in"), "sign-in", ("Form.Username", who), ("Form.Password", PortalApp.Password));
        if (entered.StatusCode is HttpStatusCode.Redirect) return;
        (await client.Send("/sign-in", await entered.Page(), "second-step", ("Code.Digits", Totp.Now(app.Clock)))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
