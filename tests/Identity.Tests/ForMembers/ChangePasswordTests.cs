namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class ChangePasswordTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    const string Fresh = "otter kelp violin stapler";

    [Fact]
    public async Task the_new_one_opens_the_old_one_does_not_and_other_sessions_are_over()
    {
        var (elsewhere, maria) = (await app.SignedIn("maria"), await app.SignedIn("maria"));
        (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = PortalApp.Password, newPassword = Fresh })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await maria.IsOpen()).ShouldBeTrue();
        (await elsewhere.IsOpen()).ShouldBeFalse();
        (await app.Anonymous().SignIn("maria", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await app.SignedIn("maria", password: Fresh)).IsOpen()).ShouldBeTrue();
        await app.CourierIsIdle();
        await app.RunJob("send-notices");
        app.Mailbox().ShouldContain(m => m.Contains("password was changed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("maria maria maria maria")]
    [InlineData("passwordpassword")]
    [InlineData("")]
    public async Task the_rules_of_passwords_hold_and_the_error_stands_beside_its_field(string weak)
    {
        var maria = await app.SignedIn("maria");
        (await (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = PortalApp.Password, newPassword = weak })).FieldErrors("newPassword")).ShouldHaveSingleItem();
        (await (await app.SignedIn("maria")).IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task a_wrong_password_changes_nothing_and_says_so_beside_its_field()
    {
        var maria = await app.SignedIn("maria");
        (await (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = "wrong", newPassword = Fresh })).FieldErrors("password")).ShouldBe(["That is not your password."]);
        (await (await app.SignedIn("maria")).IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task with_a_second_factor_a_code_is_needed_too()
    {
        var maria = await app.SignedIn("maria");
        var (secret, codes) = await app.SetUpSecondFactor(maria);
        (await (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = PortalApp.Password, newPassword = Fresh })).FieldErrors("code")).ShouldHaveSingleItem();
        (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = PortalApp.Password, code = codes[0], newPassword = Fresh })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await app.SignedIn("maria", app.CodeOf(secret), Fresh)).IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task a_sign_in_that_began_with_the_old_password_does_not_end_well()
    {
        var maria = await app.SignedIn("maria");
        var (secret, codes) = await app.SetUpSecondFactor(maria);
        using var thief = app.Browser();
        var second = await (await thief.Send("/sign-in", await thief.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password))).Page();
        (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = PortalApp.Password, code = codes[0], newPassword = Fresh })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var refused = await thief.Send("/sign-in", second, "second-step", ("Code.Digits", app.CodeOf(secret)));
        refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await thief.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task of_sign_ins_that_cross_a_change_none_is_left_open()
    {
        var maria = await app.SignedIn("maria");
        var signIns = Enumerable.Range(0, 6).Select(_ => Task.Run(() => app.Anonymous().SignIn("maria", PortalApp.Password))).ToList();
        (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = PortalApp.Password, newPassword = Fresh })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        foreach (var answer in (await Task.WhenAll(signIns)).Where(a => a.StatusCode is HttpStatusCode.OK))
        {
            var client = app.Anonymous();
            client.DefaultRequestHeaders.Authorization = new("Bearer", (await answer.Json()).Text("accessToken"));
            (await client.IsOpen()).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task the_page_changes_it()
    {
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        var page = await browser.Page("/account/password");
        var wrong = await (await browser.Send("/account/password", page, "change", ("Form.Password", PortalApp.Password), ("Form.NewPassword", "short"))).Page();
        wrong.QuerySelector(".problem")!.TextContent.ShouldContain("15 characters");
        (await browser.Send("/account/password", wrong, "change", ("Form.Password", PortalApp.Password), ("Form.NewPassword", Fresh))).Headers.Location!.ToString().ShouldEndWith("/account");
        (await (await app.SignedIn("maria", password: Fresh)).IsOpen()).ShouldBeTrue();
    }
}
