namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class SignOutTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task the_token_opens_nothing_any_more()
    {
        using var client = app.Anonymous();
        var tokens = await (await client.SignIn("maria", PortalApp.Password)).Json();
        client.DefaultRequestHeaders.Authorization = new("Bearer", tokens.Text("accessToken"));

        var left = await client.PostAsync("/api/v1/sign-out", null);
        left.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        left.Headers.GetValues("Clear-Site-Data").ShouldHaveSingleItem();

        (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Anonymous().PostAsJsonAsync("/api/v1/token/refresh", new { refreshToken = tokens.Text("refreshToken") })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task without_a_session_there_is_nothing_to_sign_out_of() =>
        (await app.Anonymous().PostAsync("/api/v1/sign-out", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task the_menu_of_every_page_signs_out()
    {
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        var account = await browser.Page("/account");

        var left = await browser.Send("/sign-out", account, "menu");
        left.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        left.Headers.Location!.ToString().ShouldEndWith("/sign-in");
        (await browser.GetAsync("/account")).Headers.Location!.ToString().ShouldContain("/sign-in?returnTo=%2Faccount");
    }
}
