namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class ProveMyselfTests : IAsyncLifetime
{
    const string Prove = "/api/v1/me/prove", Wanting = "/api/v1/me/second-factor";
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<HttpClient> Stale(string name = "maria", string? code = null)
    {
        var client = await app.SignedIn(name, code);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        return client;
    }

    static async Task<bool> MayGoOn(HttpClient client) => (await client.PostAsJsonAsync(Wanting, new { })).StatusCode is HttpStatusCode.OK;

    [Fact]
    public async Task it_holds_for_ten_minutes_and_for_this_session_only()
    {
        var (here, elsewhere) = (await app.SignedIn("maria"), await app.SignedIn("maria"));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await here.PostAsJsonAsync(Prove, new { password = PortalApp.Password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await MayGoOn(here)).ShouldBeTrue();
        (await MayGoOn(elsewhere)).ShouldBeFalse();
        app.Clock.Advance(TimeSpan.FromMinutes(9.9));
        (await MayGoOn(here)).ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromMinutes(0.2));
        (await MayGoOn(here)).ShouldBeFalse();
    }

    [Fact]
    public async Task a_refresh_of_the_tokens_proves_nothing()
    {
        var signedIn = await (await app.Anonymous().SignIn("maria", PortalApp.Password)).Json();
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var client = app.Anonymous();
        var fresh = await (await client.PostAsJsonAsync("/api/v1/token/refresh", new { refreshToken = signedIn.Text("refreshToken") })).Json();
        client.DefaultRequestHeaders.Authorization = new("Bearer", fresh.Text("accessToken"));
        (await MayGoOn(client)).ShouldBeFalse();
    }

    [Fact]
    public async Task the_password_alone_is_not_enough_beside_a_second_factor_and_a_code_works_once()
    {
        var maria = await app.SignedIn("maria");
        var (secret, codes) = await app.SetUpSecondFactor(maria);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await (await maria.PostAsJsonAsync(Prove, new { password = PortalApp.Password })).FieldErrors("code")).ShouldHaveSingleItem();
        (await MayGoOn(maria)).ShouldBeFalse();
        var proof = new { password = PortalApp.Password, code = app.CodeOf(secret) };
        (await maria.PostAsJsonAsync(Prove, proof)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await maria.PostAsJsonAsync(Prove, proof)).FieldErrors("code")).ShouldHaveSingleItem();
        (await maria.PostAsJsonAsync(Prove, new { password = PortalApp.Password, recoveryCode = codes[0] })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await maria.PostAsJsonAsync(Prove, new { password = PortalApp.Password, recoveryCode = codes[0] })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await app.CourierIsIdle();
        await app.RunJob("send-notices");
        app.Mailbox().Count(m => m.Contains("Subject: A recovery code was used", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task guessing_counts_like_failed_sign_ins()
    {
        var maria = await Stale();
        for (var n = 0; n < 5; n++)
            (await (await maria.PostAsJsonAsync(Prove, new { password = $"wrong {n}" })).FieldErrors("password")).ShouldBe(["That is not your password."]);
        (await maria.PostAsJsonAsync(Prove, new { password = PortalApp.Password })).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await app.Anonymous().SignIn("maria", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await maria.IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task staff_are_asked_too()
    {
        var nurse = await app.SignInAs("nurse", fresh: true);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await MayGoOn(nurse)).ShouldBeFalse();
        (await nurse.PostAsJsonAsync(Prove, new { password = PortalApp.Password, code = Totp.Now(app.Clock) })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await MayGoOn(nurse)).ShouldBeTrue();
    }

    [Fact]
    public async Task nobody_proves_anything_without_signing_in() =>
        (await app.Anonymous().PostAsJsonAsync(Prove, new { password = PortalApp.Password })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task a_page_asks_before_its_form_is_filled_in_and_one_comes_back_to_it()
    {
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        (await browser.GetAsync("/account/second-factor/set-up")).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var asks = (await browser.GetAsync("/account/second-factor/set-up")).Headers.Location!.ToString();
        asks.ShouldBe("/account/prove?returnTo=%2Faccount%2Fsecond-factor%2Fset-up");
        var wrong = await (await browser.Send(asks, await browser.Page(asks), "prove", ("Form.Password", "wrong"))).Page();
        wrong.QuerySelector(".problem")!.TextContent.ShouldContain("not your password");
        var back = await browser.Send(asks, wrong, "prove", ("Form.Password", PortalApp.Password));
        back.Headers.Location!.ToString().ShouldEndWith("/account/second-factor/set-up");
        (await browser.GetAsync("/account/second-factor/set-up")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_form_that_was_open_for_longer_says_what_to_do()
    {
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        var open = await browser.Page("/account/second-factor/set-up");
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var late = await (await browser.Send("/account/second-factor/set-up", open, "begin")).Page();
        var ask = late.QuerySelector("[role=alert] a")!;
        ask.GetAttribute("href").ShouldBe("/account/prove");
        ask.GetAttribute("target").ShouldBe("_blank");
        var done = await (await browser.Send("/account/prove", await browser.Page("/account/prove"), "prove", ("Form.Password", PortalApp.Password))).Page();
        done.QuerySelector("h1")!.TextContent.ShouldContain("it is you");
        (await (await browser.Send("/account/second-factor/set-up", late, "begin")).Page()).QuerySelector(".qr svg").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task it_leads_nowhere_outside(string path)
    {
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        var asks = "/account/prove?returnTo=" + Uri.EscapeDataString(path);
        var back = await browser.Send(asks, await browser.Page(asks), "prove", ("Form.Password", PortalApp.Password), ("Form.ReturnTo", path));
        new Uri(new Uri("https://localhost"), back.Headers.Location!.ToString()).ToString().ShouldBe("https://localhost/");
    }
}
