namespace PatientPortal.Identity.Tests.ForPatients;

public sealed class SeeAccessLogTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task staff_stand_there_by_name_and_role_with_what_they_saw()
    {
        using var maria = await app.SignInAs("maria");
        using var nurse = await app.SignInAs("nurse");
        var chart = await PortalApp.OwnChart(maria);
        await nurse.See($"/api/v1/staff/patients/{chart}");

        var log = await maria.See("/api/v1/patients/me/access-log?others=true");
        var access = log.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        access.Text("kind").ShouldBe("staff");
        access.Text("role").ShouldBe("Nurse");
        access.Text("who").ShouldNotBeNullOrEmpty();
        access.Text("what")!.ShouldContain("chart");
        access.Text("at")!.ShouldEndWith("-05:00");
    }

    [Fact]
    public async Task a_proxy_stands_there_with_the_relation()
    {
        using var james = await app.SignInAs("james");
        var child = (await james.See("/api/v1/me")).GetProperty("patients").EnumerateArray().Single(p => p.Text("relation") is not "self");
        await james.See($"/api/v1/patients/{child.Text("id")}");

        var log = await james.See($"/api/v1/patients/{child.Text("id")}/access-log");
        log.GetProperty("items")[0].Text("kind").ShouldBe("proxy");
        log.GetProperty("items")[0].Text("role").ShouldBe(child.Text("relation"));
    }

    [Fact]
    public async Task pages_of_it_show_everything_once()
    {
        using var maria = await app.SignInAs("maria");
        for (var i = 0; i < 7; i++) await maria.See("/api/v1/patients/me");

        var (seen, cursor) = (0, "");
        do
        {
            var page = await maria.See($"/api/v1/patients/me/access-log?limit=3{cursor}");
            seen += page.GetProperty("items").EnumerateArray().Count(i => i.Text("what")!.StartsWith("Looked at name", StringComparison.Ordinal));
            cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
        } while (cursor is not null);
        seen.ShouldBe(7);
    }

    [Fact]
    public async Task a_cursor_that_is_none_is_refused()
    {
        using var maria = await app.SignInAs("maria");
        (await maria.GetAsync("/api/v1/patients/me/access-log?cursor=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task somebody_elses_is_not_found()
    {
        using var maria = await app.SignInAs("maria");
        using var aisha = await app.SignInAs("aisha");
        (await maria.GetAsync($"/api/v1/patients/{await PortalApp.OwnChart(aisha)}/access-log")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task the_page_says_who_and_why_it_is_empty()
    {
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        (await browser.Page("/access-log")).Body!.TextContent.ShouldContain("Nobody else has looked at this record");

        using var maria = await app.SignInAs("maria");
        await (await app.SignInAs("drlee")).See($"/api/v1/staff/patients/{await PortalApp.OwnChart(maria)}");
        (await browser.Page("/access-log")).Body!.TextContent.ShouldContain("Physician");
    }
}
