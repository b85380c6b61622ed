using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForEveryone;

/// <summary>Browsers that are known, and those that skip the code (R23, R27).</summary>
public sealed class KnownBrowserTests : IAsyncLifetime
{
    const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";
    PortalApp app = null!;
    string secret = "";

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        using var maria = await app.SignInAs("maria");
        (secret, _) = await app.SetUpSecondFactor(maria);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    OwnBrowser Browser() => OwnBrowser.Of(app, Firefox);

    static async Task<HttpResponseMessage> Password(OwnBrowser browser, string username, string password = PortalApp.Password) =>
        await browser.Client.Send("/sign-in", await browser.Client.Page("/sign-in"), "sign-in", ("Form.Username", username), ("Form.Password", password));

    async Task<OwnBrowser> Remembered()
    {
        var browser = Browser();
        var first = await Password(browser, "maria");
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var step = await first.Page();
        step.QuerySelector("input[name='Code.Remember']").ShouldNotBeNull();
        (await browser.Client.Send("/sign-in", step, "second-step", ("Code.Digits", app.CodeOf(secret)), ("Code.Remember", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        browser.Leave();
        return browser;
    }

    /// <summary>Whether the password alone opens a session in this browser.</summary>
    static async Task<bool> SkipsTheCode(OwnBrowser browser, string username = "maria")
    {
        var answer = await Password(browser, username);
        if (answer.StatusCode is HttpStatusCode.Redirect)
        {
            browser.Leave();
            return true;
        }
        (await answer.Page()).QuerySelector("input[name='Code.Digits']").ShouldNotBeNull();
        return false;
    }

    [Fact]
    public async Task R27_a_browser_that_its_patient_chose_skips_the_code_for_thirty_days_and_no_longer()
    {
        using var browser = await Remembered();
        (await SkipsTheCode(browser)).ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromDays(29));
        (await SkipsTheCode(browser)).ShouldBeTrue();
        app.Clock.Advance(TimeSpan.FromDays(2));
        (await SkipsTheCode(browser)).ShouldBeFalse();
        (await SkipsTheCode(Browser())).ShouldBeFalse();
    }

    [Fact]
    public async Task R27_a_session_that_skipped_the_code_changes_nothing_that_wants_a_proof()
    {
        using var browser = await Remembered();
        (await Password(browser, "maria")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var page = await browser.Client.GetAsync("/account/passkeys/0193f1f0-0000-7000-8000-000000000000/remove");
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page.Headers.Location!.ToString().ShouldContain("/account/prove");
    }

    [Fact]
    public async Task R27_staff_are_asked_in_every_browser_whatever_they_send()
    {
        using var browser = Browser();
        var first = await Password(browser, "nurse");
        var step = await first.Page();
        step.QuerySelector("input[name='Code.Remember']").ShouldBeNull();
        (await browser.Client.Send("/sign-in", step, "second-step", ("Code.Digits", PatientPortal.Testing.Totp.Now(app.Clock)), ("Code.Remember", "true"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        browser.Leave();
        (await SkipsTheCode(browser, "nurse")).ShouldBeFalse();
    }

    [Fact]
    public async Task R27_what_one_person_chose_opens_nothing_for_another_in_the_same_browser()
    {
        using var aisha = await app.SignInAs("aisha");
        await app.SetUpSecondFactor(aisha);
        using var browser = await Remembered();
        (await SkipsTheCode(browser, "aisha")).ShouldBeFalse();
        (await SkipsTheCode(browser, "maria")).ShouldBeTrue();
    }

    [Fact]
    public async Task R27_a_copy_of_the_cookie_is_dead_once_its_owner_came_back_and_is_nothing_for_programs()
    {
        using var browser = await Remembered();
        var copy = browser.Device!;
        using var program = app.Anonymous();
        program.DefaultRequestHeaders.Add("Cookie", $"device={copy}");
        (await (await program.SignIn("maria", PortalApp.Password)).Code()).ShouldBe("second_factor_required");

        (await SkipsTheCode(browser)).ShouldBeTrue();
        browser.Device.ShouldNotBe(copy);
        using var thief = Browser();
        thief.Plant(copy);
        (await SkipsTheCode(thief)).ShouldBeFalse();
        (await SkipsTheCode(browser)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("password")]
    [InlineData("others")]
    [InlineData("taken away")]
    public async Task R27_its_patient_ends_it_at_once(string how)
    {
        using var browser = await Remembered();
        using var maria = await app.SignedIn("maria", NextCode());
        switch (how)
        {
            case "password":
                (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = PortalApp.Password, newPassword = PortalApp.Password + " and more", code = NextCode() })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
                (await Password(browser, "maria", PortalApp.Password + " and more")).StatusCode.ShouldBe(HttpStatusCode.OK);
                return;
            case "others":
                (await maria.PostAsJsonAsync("/api/v1/me/sessions/end-others", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
                break;
            default:
                var device = (await maria.See("/api/v1/me/devices")).GetProperty("items").EnumerateArray().Single(d => d.GetProperty("rememberedUntil").ValueKind is JsonValueKind.String);
                (await maria.PostAsJsonAsync($"/api/v1/me/devices/{device.Text("id")}/forget", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
                break;
        }
        (await SkipsTheCode(browser)).ShouldBeFalse();
    }

    [Fact]
    public async Task R23_strangers_who_fail_with_a_name_dont_keep_its_owner_out_of_their_own_browser()
    {
        using var browser = await Remembered();
        for (var i = 0; i < 6; i++) await app.Anonymous().SignIn("maria", $"wrong {i}");
        (await (await app.Anonymous().SignIn("maria", PortalApp.Password)).Code()).ShouldBe("locked_out");

        (await SkipsTheCode(browser)).ShouldBeTrue();
        // The strangers' tries still count: the owner's success gave them no new ones.
        (await (await app.Anonymous().SignIn("maria", PortalApp.Password)).Code()).ShouldBe("locked_out");
    }

    [Fact]
    public async Task R23_an_attacker_on_the_clinics_network_blocks_neither_known_browsers_nor_new_passwords()
    {
        using var browser = await Remembered();
        var limits = await app.Inside(s => Task.FromResult(s.GetRequiredService<AddressLimits>()));
        for (var i = 0; i < 150; i++) limits.Failed(null);
        (await app.Anonymous().SignIn("aisha", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);

        (await SkipsTheCode(browser)).ShouldBeTrue();
        (await app.Anonymous().PostAsJsonAsync("/api/v1/password/forgot", new { username = "aisha" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await app.CourierIsIdle();
        var link = await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            var token = Secret.New();
            var reset = db.PasswordResets.Single();
            db.Entry(reset).Property(r => r.TokenHash).CurrentValue = Secret.Hash(token);
            await db.Save(default);
            return token;
        });
        (await app.Anonymous().PostAsJsonAsync("/api/v1/password/reset", new { token = link, newPassword = "velvet otter under ninth lamp" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Anonymous().PostAsJsonAsync("/api/v1/password/reset", new { token = Secret.New(), newPassword = "velvet otter under ninth lamp" })).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task R23_asking_for_links_has_a_limit_and_does_not_use_up_the_one_of_signing_in()
    {
        using var client = app.Anonymous();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 305; i++) answers.Add((await client.PostAsJsonAsync("/api/v1/password/forgot", new { username = $"nobody-{i}" })).StatusCode);
        answers.Take(300).ShouldAllBe(s => s == HttpStatusCode.Accepted);
        answers[^1].ShouldBe(HttpStatusCode.TooManyRequests);
        (await client.SignIn("aisha", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task wrong_tries_in_a_known_browser_make_that_browser_wait()
    {
        using var browser = await Remembered();
        for (var i = 0; i < 5; i++) await Password(browser, "maria", $"wrong {i}");
        (await (await Password(browser, "maria")).Page()).QuerySelector("[role=alert]")!.TextContent.ShouldContain("failed tries");
        (await (await app.Anonymous().SignIn("maria", PortalApp.Password)).Code()).ShouldBe("second_factor_required");
    }

    [Fact]
    public async Task sessions_and_browsers_say_what_they_are()
    {
        using var browser = await Remembered();
        (await Password(browser, "maria")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var account = await browser.Client.Page("/account");
        account.Body!.TextContent.ShouldContain("Firefox on Linux");
        var devices = await browser.Client.Page("/account/devices");
        devices.Body!.TextContent.ShouldContain("Firefox on Linux");
        devices.Body!.TextContent.ShouldContain("no code asked until");
        devices.Body!.TextContent.ShouldContain("This one");
    }

    string NextCode()
    {
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        return app.CodeOf(secret);
    }
}

/// <summary>A browser whose cookies the test can see and take.</summary>
sealed class OwnBrowser(HttpClient client, CookieContainer jar) : IDisposable
{
    static readonly Uri Site = new("https://localhost");

    public static OwnBrowser Of(PortalApp app, string agent)
    {
        var jar = new CookieContainer();
        var client = app.CreateDefaultClient(Site, new Microsoft.AspNetCore.Mvc.Testing.Handlers.CookieContainerHandler(jar));
        client.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
        return new(client, jar);
    }

    public HttpClient Client => client;

    public string? Device => jar.GetCookies(Site)["device"]?.Value;

    /// <summary>Closes the session in this browser, as closing all its windows does.</summary>
    public void Leave() => jar.GetCookies(Site)["portal"]!.Expired = true;

    public void Plant(string device) => jar.Add(Site, new Cookie("device", device, "/"));

    public void Dispose() => client.Dispose();
}
