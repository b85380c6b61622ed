namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class SeeSecondFactorTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task staff_see_that_they_cannot_do_without()
    {
        var nurse = await (await app.SignInAs("nurse")).See("/api/v1/me/second-factor");
        nurse.GetProperty("isOn").GetBoolean().ShouldBeTrue();
        nurse.GetProperty("isRequired").GetBoolean().ShouldBeTrue();
        (await (await app.SignedIn("maria")).See("/api/v1/me/second-factor")).GetProperty("isRequired").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task the_page_leads_from_the_picture_to_the_recovery_codes()
    {
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        const string path = "/account/second-factor/set-up", next = "/account/second-factor/confirm";
        (await browser.Page("/account/second-factor")).QuerySelector("main")!.TextContent.ShouldContain("password only");

        var scan = await (await browser.Send(path, await browser.Page(path), "begin")).Page();
        scan.QuerySelector(".qr svg").ShouldNotBeNull();
        var secret = scan.QuerySelector(".code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);

        var again = await (await browser.Send(next, await browser.Page(next), "confirm", ("Form.Code", "000000"))).Page();
        again.QuerySelector(".problem")!.TextContent.ShouldContain("did not match");

        var done = await (await browser.Send(next, again, "confirm", ("Form.Code", app.CodeOf(secret)))).Page();
        done.QuerySelectorAll(".codes li").Length.ShouldBe(10);
        (await browser.Page(next)).QuerySelectorAll(".codes li").Length.ShouldBe(0);
        (await browser.Page("/account/second-factor")).QuerySelector("main")!.TextContent.ShouldContain("You have 10 left");
    }
}
