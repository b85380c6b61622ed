using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class ForgetDeviceTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task ones_own_goes_and_somebody_elses_is_not_there()
    {
        using var browser = ForEveryone.OwnBrowser.Of(app, "Mozilla/5.0 (Macintosh) Version/17.5 Safari/605.1.15");
        await browser.Client.Send("/sign-in", await browser.Client.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        using var maria = await app.SignInAs("maria");
        using var james = await app.SignInAs("james");
        var device = (await maria.See("/api/v1/me/devices")).GetProperty("items").EnumerateArray().Single().Text("id");

        (await james.PostAsJsonAsync($"/api/v1/me/devices/{device}/forget", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await james.PostAsJsonAsync($"/api/v1/me/devices/{Guid.CreateVersion7()}/forget", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var page = await browser.Client.Page($"/account/devices/{device}");
        (await browser.Client.Send($"/account/devices/{device}", page, "forget")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await maria.See("/api/v1/me/devices")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await maria.PostAsJsonAsync($"/api/v1/me/devices/{device}/forget", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_browser_that_nobody_used_for_half_a_year_is_known_no_longer()
    {
        await using var app = await PortalApp.New();
        using var browser = ForEveryone.OwnBrowser.Of(app, "curl/8.1");
        await browser.Client.Send("/sign-in", await browser.Client.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        app.Clock.Advance(TimeSpan.FromDays(181));
        await app.RunJob("tidy-sign-ins");
        (await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Devices.Count()))).ShouldBe(0);
    }
}
