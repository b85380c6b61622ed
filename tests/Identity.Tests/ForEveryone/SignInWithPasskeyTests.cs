using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class SignInWithPasskeyTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task it_opens_a_session_without_a_name_and_counts_as_both_factors()
    {
        var maria = await app.SignedIn("maria");
        await app.SetUpSecondFactor(maria);
        var device = await maria.HasPasskey();
        var answer = await app.SignInWith(device);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var client = app.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await answer.Json()).Text("accessToken"));
        (await client.See("/api/v1/me")).Text("name").ShouldBe((await maria.See("/api/v1/me")).Text("name"));
        (await client.PostAsJsonAsync("/api/v1/me/second-factor", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.See("/api/v1/me/passkeys")).GetProperty("items")[0].GetProperty("usedAt").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public async Task it_opens_the_account_of_staff_too()
    {
        var device = await (await app.SignInAs("nurse", fresh: true)).HasPasskey();
        (await app.SignInWith(device)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("another origin")]
    [InlineData("a page that only looks like ours")]
    [InlineData("another site")]
    [InlineData("nobody was verified")]
    [InlineData("tampered")]
    [InlineData("says to be somebody else")]
    [InlineData("a count that went back")]
    public async Task what_is_wrong_with_it_gets_one_answer(string wrong)
    {
        var device = await (await app.SignedIn("maria")).HasPasskey();
        (await app.SignInWith(device)).StatusCode.ShouldBe(HttpStatusCode.OK);
        switch (wrong)
        {
            case "another origin": device.Origin = "https://evil.example"; break;
            case "a page that only looks like ours": device.Origin = "https://localhost.evil.example"; break;
            case "another site": device.Site = "evil.example"; break;
            case "nobody was verified": device.Verifies = false; break;
            case "tampered": device.Tampers = true; break;
            case "says to be somebody else": device.SaysToBe = (await (await app.SignedIn("aisha")).HasPasskey()).UserHandle; break;
            default: device.Count = 1; break;
        }
        var refused = await app.SignInWith(device);
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await refused.Code()).ShouldBe("passkey_refused");
    }

    [Fact]
    public async Task an_answer_that_comes_back_is_refused_even_when_both_come_at_once()
    {
        var device = await (await app.SignedIn("maria")).HasPasskey();
        device.Count = 0;
        var client = app.Anonymous();
        foreach (var atOnce in new[] { false, true })
        {
            device.Count += 10;
            var (challenge, options) = await client.Begin("/api/v1/sign-in/passkey/begin");
            var answer = new { challenge, credential = device.Get(options) };
            List<HttpResponseMessage> answers = [];
            if (atOnce) answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => client.PostAsJsonAsync("/api/v1/sign-in/passkey", answer)))));
            else for (var n = 0; n < 3; n++) answers.Add(await client.PostAsJsonAsync("/api/v1/sign-in/passkey", answer));
            answers.Count(a => a.StatusCode is HttpStatusCode.OK).ShouldBe(1);
            answers.Count(a => a.StatusCode is HttpStatusCode.Unauthorized).ShouldBe(answers.Count - 1);
        }
    }

    [Fact]
    public async Task a_copied_passkey_that_does_not_count_works_again_and_again_but_no_answer_twice()
    {
        var maria = await app.SignedIn("maria");
        var device = new SoftAuthenticator { Count = 0 };
        (await maria.AddPasskey(device)).StatusCode.ShouldBe(HttpStatusCode.Created);
        for (var n = 0; n < 3; n++)
        {
            device.Count = 0;
            (await app.SignInWith(device)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        var client = app.Anonymous();
        var (challenge, options) = await client.Begin("/api/v1/sign-in/passkey/begin");
        device.Count = 0;
        var answer = new { challenge, credential = device.Get(options) };
        (await client.PostAsJsonAsync("/api/v1/sign-in/passkey", answer)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.PostAsJsonAsync("/api/v1/sign-in/passkey", answer)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_challenge_dies_after_a_quarter_of_an_hour_and_serves_one_purpose()
    {
        var maria = await app.SignedIn("maria");
        var device = await maria.HasPasskey();
        var client = app.Anonymous();
        var (proof, forProof) = await maria.Begin("/api/v1/me/prove/passkey/begin");
        (await client.PostAsJsonAsync("/api/v1/sign-in/passkey", new { challenge = proof, credential = device.Get(forProof) })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var (challenge, options) = await client.Begin("/api/v1/sign-in/passkey/begin");
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        (await client.PostAsJsonAsync("/api/v1/sign-in/passkey", new { challenge, credential = device.Get(options) })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_disabled_account_stays_closed()
    {
        var device = await (await app.SignedIn("maria")).HasPasskey();
        await using (var connection = await app.Database.Open(default))
        await using (var off = connection.Command("UPDATE identity_accounts SET disabled_at = 1 WHERE user_name = 'maria'")) await off.ExecuteNonQueryAsync();
        (await app.SignInWith(device)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"challenge":"x","credential":{}}""")]
    [InlineData("""{"challenge":"x","credential":"text"}""")]
    [InlineData("""{"challenge":"x","credential":{"id":7}}""")]
    [InlineData("""{"challenge":["x"],"credential":{"id":"a","rawId":"a","type":"public-key","response":null}}""")]
    public async Task rubbish_is_refused(string body)
    {
        var answer = await app.Anonymous().PostAsync("/api/v1/sign-in/passkey", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        ((int)answer.StatusCode).ShouldBeInRange(400, 401);
    }

    [Fact]
    public async Task the_page_signs_in_and_leads_on()
    {
        var device = await (await app.SignedIn("maria")).HasPasskey();
        using var browser = app.Browser();
        const string path = "/sign-in/passkey?returnTo=%2Faccount";
        var page = await browser.Page(path);
        var options = JsonDocument.Parse(page.QuerySelector("[data-passkey]")!.GetAttribute("data-options")!).RootElement;
        var signedIn = await browser.Send(path, page, "passkey", ("Passkey.Credential", device.Get(options).ToJsonString()));
        signedIn.Headers.Location!.ToString().ShouldEndWith("/account");
        (await browser.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task only_the_setting_says_for_which_site()
    {
        await using var set = await PortalApp.New(null, ("Portal:PublicAddress", "https://portal.example.org"));
        var client = await set.SignedIn("maria");
        client.DefaultRequestHeaders.Host = "evil.example";
        var (_, options) = await client.Begin("/api/v1/me/passkeys/begin");
        options.GetProperty("rp").Text("id").ShouldBe("portal.example.org");
        (await client.AddPasskey(new SoftAuthenticator { Origin = "https://evil.example" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await client.AddPasskey(new SoftAuthenticator { Origin = "https://portal.example.org" })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task at_an_address_of_numbers_there_are_none()
    {
        await using var set = await PortalApp.New(null, ("Portal:PublicAddress", "https://192.0.2.7"));
        (await (await set.Anonymous().PostAsync("/api/v1/sign-in/passkey/begin", null)).Code()).ShouldBe("passkeys_unavailable");
    }
}
