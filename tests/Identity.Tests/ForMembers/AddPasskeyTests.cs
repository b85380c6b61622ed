namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class AddPasskeyTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task two_and_more_can_be_added_and_the_owner_hears_of_each()
    {
        var maria = await app.SignedIn("maria");
        await maria.HasPasskey("My phone");
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await maria.HasPasskey("The computer at home");
        (await maria.See("/api/v1/me/passkeys")).GetProperty("items").EnumerateArray().Select(p => p.Text("name")).ShouldBe(["My phone", "The computer at home"]);
        await app.CourierIsIdle();
        await app.RunJob("send-notices");
        app.Mailbox().Count(m => m.Contains("Subject: A passkey was added", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task the_eleventh_is_refused_even_when_two_come_at_once()
    {
        var maria = await app.SignedIn("maria");
        for (var n = 0; n < 9; n++) await maria.HasPasskey($"Key {n}");
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => maria.AddPasskey(new()))));
        answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(1);
        (await answers.First(a => a.StatusCode is not HttpStatusCode.Created).Code()).ShouldBe("too_many_passkeys");
    }

    [Theory]
    [InlineData("another origin")]
    [InlineData("another site")]
    [InlineData("nobody was verified")]
    public async Task what_is_wrong_with_it_is_refused(string wrong)
    {
        var device = new SoftAuthenticator
        {
            Origin = wrong is "another origin" ? "https://evil.example" : "https://localhost", Site = wrong is "another site" ? "evil.example" : null, Verifies = wrong is not "nobody was verified",
        };
        var maria = await app.SignedIn("maria");
        (await (await maria.AddPasskey(device)).Code()).ShouldBe("passkey_refused");
        (await maria.See("/api/v1/me/passkeys")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task somebody_elses_question_and_a_used_one_make_nothing()
    {
        var (maria, aisha) = (await app.SignedIn("maria"), await app.SignedIn("aisha"));
        var (challenge, options) = await maria.Begin("/api/v1/me/passkeys/begin");
        (await (await aisha.PostAsJsonAsync("/api/v1/me/passkeys", new { challenge, credential = new SoftAuthenticator().Create(options), name = "x" })).Code()).ShouldBe("passkey_refused");
        (await maria.PostAsJsonAsync("/api/v1/me/passkeys", new { challenge, credential = new SoftAuthenticator().Create(options), name = "x" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await maria.PostAsJsonAsync("/api/v1/me/passkeys", new { challenge, credential = new SoftAuthenticator().Create(options), name = "y" })).Code()).ShouldBe("passkey_refused");
    }

    [Fact]
    public async Task it_needs_a_name() =>
        (await (await (await app.SignedIn("maria")).PostAsJsonAsync("/api/v1/me/passkeys", new { challenge = "x", credential = new { id = "x" } })).FieldErrors("name")).ShouldHaveSingleItem();

    [Fact]
    public async Task the_page_keeps_the_name_when_something_is_wrong_and_leads_back_to_the_list()
    {
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        const string path = "/account/passkeys/add";
        var again = await (await browser.Send(path, await browser.Page(path), "add", ("Form.Name", "My phone"), ("Passkey.Credential", "{}"))).Page();
        again.QuerySelector("[role=alert]")!.TextContent.ShouldContain("did not make a passkey");
        again.QuerySelector("input[name='Form.Name']")!.GetAttribute("value").ShouldBe("My phone");
        var options = JsonDocument.Parse(again.QuerySelector("[data-passkey]")!.GetAttribute("data-options")!).RootElement;
        (await browser.Send(path, again, "add", ("Passkey.Credential", new SoftAuthenticator().Create(options).ToJsonString()))).Headers.Location!.ToString().ShouldEndWith("/account/passkeys");
        (await browser.Page("/account/passkeys")).QuerySelector(".rows")!.TextContent.ShouldContain("My phone");
    }
}
