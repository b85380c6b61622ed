namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class NewRecoveryCodesTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task new_ones_replace_the_old_ones()
    {
        var maria = await app.SignedIn("maria");
        var (_, old) = await app.SetUpSecondFactor(maria);
        var made = await maria.PostAsJsonAsync("/api/v1/me/second-factor/recovery-codes", new { });
        made.StatusCode.ShouldBe(HttpStatusCode.OK);
        var fresh = (await made.Json()).GetProperty("codes").EnumerateArray().Select(c => c.GetString()!).ToList();
        fresh.Count.ShouldBe(10);
        fresh.Intersect(old).ShouldBeEmpty();

        (await Recover(old[0])).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Recover(fresh[0])).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_proof_older_than_ten_minutes_is_asked_for_again()
    {
        var maria = await app.SignedIn("maria");
        await app.SetUpSecondFactor(maria);
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor/recovery-codes", new { })).Code()).ShouldBe("step_up_required");
    }

    [Fact]
    public async Task without_an_app_there_is_nothing_to_recover()
    {
        var refused = await (await app.SignedIn("maria")).PostAsJsonAsync("/api/v1/me/second-factor/recovery-codes", new { });
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Code()).ShouldBe("no_second_factor");
    }

    [Fact]
    public async Task a_recovery_code_signs_in_once_however_it_is_typed_and_the_owner_hears_of_it()
    {
        var (_, codes) = await app.SetUpSecondFactor(await app.SignedIn("maria"));
        (await Recover(codes[0].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Recover(codes[0])).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await app.CourierIsIdle();
        await app.RunJob("send-notices");
        app.Mailbox().Count(m => m.Contains("Subject: A recovery code was used", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task two_who_send_one_code_at_once_get_one_session()
    {
        var (_, codes) = await app.SetUpSecondFactor(await app.SignedIn("maria"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Recover(codes[3]))));
        answers.Count(a => a.StatusCode is HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task somebody_elses_code_opens_nothing()
    {
        var (_, marias) = await app.SetUpSecondFactor(await app.SignedIn("maria"));
        await app.SetUpSecondFactor(await app.SignedIn("aisha"));
        (await app.Anonymous().PostAsJsonAsync("/api/v1/sign-in", new { username = "aisha", password = PortalApp.Password, recoveryCode = marias[0] })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Recover(marias[0])).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_sign_in_page_takes_one()
    {
        var (_, codes) = await app.SetUpSecondFactor(await app.SignedIn("maria"));
        using var browser = app.Browser();
        var second = await (await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password))).Page();
        var refused = await (await browser.Send("/sign-in", second, "second-step", ("Code.Recovery", "ABCD-EFGH"))).Page();
        refused.QuerySelector(".problem")!.TextContent.ShouldContain("recovery codes");
        (await browser.Send("/sign-in", refused, "second-step", ("Code.Recovery", codes[1]))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    Task<HttpResponseMessage> Recover(string recoveryCode) =>
        app.Anonymous().PostAsJsonAsync("/api/v1/sign-in", new { username = "maria", password = PortalApp.Password, recoveryCode });
}
