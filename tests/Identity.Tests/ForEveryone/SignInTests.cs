namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class SignInTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_patient_signs_in_and_uses_the_token()
    {
        using var client = app.Anonymous();
        var answer = await client.SignIn("maria", PortalApp.Password);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var tokens = await answer.Json();
        tokens.GetProperty("expiresIn").GetInt32().ShouldBe(1800);
        tokens.Text("refreshToken").ShouldNotBeNullOrEmpty();

        client.DefaultRequestHeaders.Authorization = new("Bearer", tokens.Text("accessToken"));
        (await client.See("/api/v1/me")).Text("kind").ShouldBe("patient");
    }

    [Fact]
    public async Task a_user_name_has_no_case() => (await app.Anonymous().SignIn(" MARIA ", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task R21_a_wrong_password_and_an_unknown_name_sound_the_same()
    {
        using var client = app.Anonymous();
        var wrong = await client.SignIn("aisha", "not the password at all");
        var unknown = await client.SignIn("nobody-has-this", "not the password at all");

        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        Without(await wrong.Json()).ShouldBe(Without(await unknown.Json()));
        (await wrong.Code()).ShouldBe("invalid_credentials");

        static string Without(JsonElement problem) => string.Join('|', problem.EnumerateObject().Where(p => p.Name is not "traceId").Select(p => p.ToString()));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("maria", null)]
    public async Task what_is_missing_is_named(string? username, string? password)
    {
        var answer = await app.Anonymous().SignIn(username, password);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Json()).GetProperty("errors").EnumerateObject().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"username\":7,\"password\":{}}")]
    [InlineData("{\"username\":\"\\ud800\",\"password\":\"\\udfff\"}")]
    public async Task broken_input_gets_an_answer(string body)
    {
        var answer = await app.Anonymous().PostAsync("/api/v1/sign-in", new StringContent(body, new MediaTypeHeaderValue("application/json")));
        ((int)answer.StatusCode).ShouldBeInRange(400, 499);
    }

    [Fact]
    public async Task staff_need_the_code_and_it_works_once()
    {
        await using var app = await PortalApp.New();
        using var client = app.Anonymous();

        var without = await client.SignIn("drlee", PortalApp.Password);
        without.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await without.Code()).ShouldBe("second_factor_required");

        (await (await client.SignIn("drlee", PortalApp.Password, "000000")).Code()).ShouldBe("invalid_credentials");

        var code = Totp.Now(app.Clock);
        var first = await client.SignIn("drlee", PortalApp.Password, code);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await first.Json()).GetProperty("expiresIn").GetInt32().ShouldBe(900);
        (await client.SignIn("drlee", PortalApp.Password, code)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await client.SignIn("drlee", PortalApp.Password, Totp.Now(app.Clock))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("maria")]
    [InlineData("nobody-has-this")]
    public async Task the_fifth_failure_makes_a_name_wait_whoever_has_it(string name)
    {
        await using var app = await PortalApp.New();
        using var client = app.Anonymous();
        for (var i = 0; i < 5; i++) (await (await client.SignIn(name, $"wrong {i}")).Code()).ShouldBe("invalid_credentials");

        var held = await client.SignIn(name, PortalApp.Password);
        held.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await held.Code()).ShouldBe("locked_out");
        held.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));

        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await client.SignIn(name, "wrong again")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.SignIn(name, "wrong again")).Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task a_success_forgets_the_failures_before_it()
    {
        await using var app = await PortalApp.New();
        using var client = app.Anonymous();
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 4; i++) await client.SignIn("maria", "wrong");
            (await client.SignIn("maria", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task guesses_sent_all_at_once_gain_nothing()
    {
        await using var app = await PortalApp.New();
        using var client = app.Anonymous();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => client.SignIn("maria", i == 11 ? PortalApp.Password : $"wrong {i}")));

        answers.Count(a => a.IsSuccessStatusCode).ShouldBeLessThanOrEqualTo(1);
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK || a.StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task an_address_that_fails_too_often_is_slowed_and_does_not_tell_who_has_an_account()
    {
        await using var app = await PortalApp.New();
        using var client = app.Anonymous();
        // She signed in from here before, by a program; whether somebody did must not show in who is held up.
        (await client.SignIn("maria", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var limits = await app.Inside(s => Task.FromResult(s.GetRequiredService<PatientPortal.Identity.Data.AddressLimits>()));
        for (var i = 0; i < 100; i++) limits.Failed(null);

        foreach (var name in new[] { "maria", "aisha", "nobody-has-this" })
        {
            var held = await client.SignIn(name, PortalApp.Password);
            held.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            held.Headers.RetryAfter.ShouldNotBeNull();
        }

        app.Clock.Advance(TimeSpan.FromSeconds(2));
        (await client.SignIn("aisha", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_patient_finds_sign_ins_in_the_access_log_and_the_name_typed_by_a_stranger_is_kept_nowhere()
    {
        await using var app = await PortalApp.New();
        using var maria = await app.SignInAs("maria");
        await app.Anonymous().SignIn("maria", "wrong");
        await app.Anonymous().SignIn("my-secret-typed-as-a-name", "wrong");

        var log = await maria.See("/api/v1/patients/me/access-log");
        log.GetProperty("items").EnumerateArray().Select(i => i.Text("what")).ShouldBe(["Tried to sign in", "Signed in"], ignoreOrder: true);
        app.Log.Lines.ShouldNotContain(l => l.Contains("my-secret-typed-as-a-name", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_person_signs_in_through_the_page()
    {
        await using var app = await PortalApp.New();
        using var browser = app.Browser();
        var page = await browser.Page("/sign-in?returnTo=%2Faccount");

        var wrong = await (await browser.Send("/sign-in", page, "sign-in", ("Form.Username", "maria"), ("Form.Password", "wrong"))).Page();
        wrong.QuerySelector("[role=alert]")!.TextContent.ShouldContain("did not match");

        var entered = await browser.Send("/sign-in", page, "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        entered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        entered.Headers.Location!.ToString().ShouldEndWith("/account");
        var cookie = entered.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("portal=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("secure");
        (await browser.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task staff_take_the_second_step_with_the_code_shown_beside_the_form()
    {
        await using var app = await PortalApp.New();
        using var browser = app.Browser();
        var page = await browser.Page("/sign-in");

        var second = await (await browser.Send("/sign-in", page, "sign-in", ("Form.Username", "nurse"), ("Form.Password", PortalApp.Password))).Page();
        var shown = second.QuerySelector("[data-totp]")!.TextContent;
        shown.ShouldBe(Totp.Now(app.Clock));

        var refused = await (await browser.Send("/sign-in", second, "second-step", ("Code.Digits", "000000"))).Page();
        refused.QuerySelector(".problem")!.TextContent.ShouldContain("did not match");

        var entered = await browser.Send("/sign-in", refused, "second-step", ("Code.Digits", shown));
        entered.Headers.Location!.ToString().ShouldEndWith("/staff");
    }

    [Fact]
    public async Task the_second_step_needs_the_first()
    {
        await using var app = await PortalApp.New();
        using var browser = app.Browser();
        var page = await browser.Page("/sign-in");
        var second = await (await browser.Send("/sign-in", page, "sign-in", ("Form.Username", "nurse"), ("Form.Password", PortalApp.Password))).Page();

        var forged = await (await browser.Send("/sign-in", second, "second-step", ("Code.Ticket", "forged"), ("Code.Digits", Totp.Now(app.Clock)))).Page();
        forged.QuerySelector("[role=alert]")!.TextContent.ShouldContain("password again");

        app.Clock.Advance(TimeSpan.FromMinutes(6));
        var late = await (await browser.Send("/sign-in", second, "second-step", ("Code.Digits", Totp.Now(app.Clock)))).Page();
        late.QuerySelector("[role=alert]")!.TextContent.ShouldContain("password again");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/%0d%0aSet-Cookie:a=b")]
    public async Task nobody_is_sent_elsewhere_after_signing_in(string returnTo)
    {
        using var browser = app.Browser();
        var path = "/sign-in?returnTo=" + (returnTo.StartsWith("/%", StringComparison.Ordinal) ? returnTo : Uri.EscapeDataString(returnTo));
        var entered = await browser.Send("/sign-in", await browser.Page(path), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        entered.Headers.Location!.ToString().ShouldBeOneOf("/", "https://localhost/");
    }
}
