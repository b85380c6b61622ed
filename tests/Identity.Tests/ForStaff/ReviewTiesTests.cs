namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ReviewTiesTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient nurse = null!, privacy = null!;
    string aisha = null!, me = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        (nurse, privacy, aisha) = (await app.SignInAs("nurse"), await app.SignInAs("privacy"), await app.ChartOf("aisha"));
        me = (await nurse.See("/api/v1/me")).Text("userId")!;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> End(HttpClient by, string member, string chart) => by.DeleteAsync($"/api/v1/staff/members/{member}/ties/{chart}");

    [Fact]
    public async Task the_privacy_officer_alone_takes_a_tie_back()
    {
        await app.Knows(nurse, "aisha");
        (await End(nurse, me, aisha)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await privacy.See("/api/v1/staff/ties")).GetProperty("items").EnumerateArray().Single().Text("patient").ShouldBe("Aisha Rahman");
        (await End(privacy, me, aisha)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await nurse.Opens(aisha)).ShouldBe(HttpStatusCode.OK);
        (await End(privacy, me, aisha)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task not_for_themselves()
    {
        await app.Knows(privacy, "aisha");
        var own = (await privacy.See("/api/v1/me")).Text("userId")!;
        (await (await End(privacy, own, aisha)).Code()).ShouldBe("own_tie");
        await app.Knows(privacy, "maria", "self");
        (await (await End(privacy, own, await app.ChartOf("maria"))).Code()).ShouldBe("own_tie");
    }

    [Fact]
    public async Task own_charts_are_listed_and_taken_back_too()
    {
        await app.Knows(nurse, "maria", "self");
        var maria = await app.ChartOf("maria");
        (await privacy.See("/api/v1/staff/ties")).GetProperty("items").EnumerateArray().Single().Text("relation").ShouldBe("self");
        (await End(privacy, me, maria)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await nurse.Opens(maria)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_list_comes_by_pages_and_on_a_page()
    {
        foreach (var who in new[] { "aisha", "maria", "james" })
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await app.Knows(nurse, who);
        }
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await privacy.See($"/api/v1/staff/ties?limit=1{cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.Text("patient")!));
            cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);
        seen.Count.ShouldBe(3);
        seen.Distinct().Count().ShouldBe(3);
        (await privacy.GetStringAsync("/staff/ties")).ShouldContain("Nadia Brooks");
        (await nurse.GetAsync("/api/v1/staff/ties")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task the_page_takes_one_back()
    {
        await app.Knows(nurse, "aisha");
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = privacy.DefaultRequestHeaders.Authorization;
        (await browser.Send("/staff/ties", await browser.Page("/staff/ties"), $"end-{Guid.Parse(me):N}-{Guid.Parse(aisha):N}")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await nurse.Opens(aisha)).ShouldBe(HttpStatusCode.OK);
    }
}
