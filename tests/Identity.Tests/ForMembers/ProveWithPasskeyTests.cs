namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class ProveWithPasskeyTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task it_is_proof_enough_and_once()
    {
        var maria = await app.SignedIn("maria");
        await app.SetUpSecondFactor(maria);
        var device = await maria.HasPasskey();
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { })).Code()).ShouldBe("step_up_required");
        var (challenge, options) = await maria.Begin("/api/v1/me/prove/passkey/begin");
        var answer = new { challenge, credential = device.Get(options) };
        (await maria.PostAsJsonAsync("/api/v1/me/prove/passkey", answer)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        (await (await maria.PostAsJsonAsync("/api/v1/me/prove/passkey", answer)).Code()).ShouldBe("passkey_refused");
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { })).Code()).ShouldBe("step_up_required");
    }

    [Fact]
    public async Task somebody_elses_passkey_proves_nothing()
    {
        var (maria, aisha) = (await app.SignedIn("maria"), await app.SignedIn("aisha"));
        var aishas = await aisha.HasPasskey();
        await maria.HasPasskey();
        var (challenge, options) = await maria.Begin("/api/v1/me/prove/passkey/begin");
        (await (await maria.PostAsJsonAsync("/api/v1/me/prove/passkey", new { challenge, credential = aishas.Get(options) })).Code()).ShouldBe("passkey_refused");
        aishas.Count++;
        var (hers, forHer) = await aisha.Begin("/api/v1/me/prove/passkey/begin");
        (await (await maria.PostAsJsonAsync("/api/v1/me/prove/passkey", new { challenge = hers, credential = aishas.Get(forHer) })).Code()).ShouldBe("passkey_refused");
    }

    [Fact]
    public async Task the_page_leads_back()
    {
        using var browser = app.Browser();
        // Adding one ends all other sessions.
        var device = await (await app.SignedIn("maria")).HasPasskey();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var asks = (await browser.GetAsync("/account/passkeys/add")).Headers.Location!.ToString();
        var path = (await browser.Page(asks)).QuerySelector("a[href^='/account/prove/passkey']")!.GetAttribute("href")!;
        var page = await browser.Page(path);
        var options = JsonDocument.Parse(page.QuerySelector("[data-passkey]")!.GetAttribute("data-options")!).RootElement;
        (await browser.Send(path, page, "prove-passkey", ("Passkey.Credential", device.Get(options).ToJsonString()))).Headers.Location!.ToString().ShouldEndWith("/account/passkeys/add");
        (await browser.GetAsync("/account/passkeys/add")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
