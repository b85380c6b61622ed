namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class EndSessionTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task another_of_ones_own_is_over_at_once()
    {
        var (phone, maria) = (await app.SignedIn("maria"), await app.SignedIn("maria"));
        var other = (await maria.See("/api/v1/me/account")).GetProperty("sessions").EnumerateArray().First(s => !s.GetProperty("current").GetBoolean()).Text("id");
        (await maria.PostAsync($"/api/v1/me/sessions/{other}/end", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await phone.IsOpen()).ShouldBeFalse();
        (await maria.IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task somebody_elses_is_not_there()
    {
        var (maria, aisha) = (await app.SignedIn("maria"), await app.SignedIn("aisha"));
        var hers = (await aisha.See("/api/v1/me/account")).GetProperty("sessions")[0].Text("id");
        (await maria.PostAsync($"/api/v1/me/sessions/{hers}/end", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await maria.PostAsync($"/api/v1/me/sessions/{Guid.CreateVersion7()}/end", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await aisha.IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task the_account_page_signs_another_device_out()
    {
        var phone = await app.SignedIn("maria");
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        var link = (await browser.Page("/account")).QuerySelectorAll("a[href^='/account/sessions/']").First(a => !a.GetAttribute("href")!.EndsWith("others", StringComparison.Ordinal)).GetAttribute("href")!;
        (await browser.Send(link, await browser.Page(link), "end")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await phone.IsOpen()).ShouldBeFalse();
        (await browser.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
