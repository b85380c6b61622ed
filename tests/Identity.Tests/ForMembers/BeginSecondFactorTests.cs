namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class BeginSecondFactorTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task nothing_changes_until_the_app_has_shown_its_first_code()
    {
        var maria = await app.SignedIn("maria");
        var begun = await (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { password = PortalApp.Password })).Json();
        begun.Text("address")!.ShouldStartWith("otpauth://totp/");
        begun.Text("address")!.ShouldContain("secret=" + begun.Text("secret"));
        (await maria.See("/api/v1/me/second-factor")).GetProperty("isOn").GetBoolean().ShouldBeFalse();
        (await (await app.SignedIn("maria")).IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task the_password_is_asked_for_and_guessing_it_makes_wait()
    {
        var maria = await app.SignedIn("maria");
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { })).FieldErrors("password")).ShouldHaveSingleItem();
        for (var n = 0; n < 5; n++)
            (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { password = $"wrong {n}" })).FieldErrors("password")).ShouldBe(["That is not your password."]);
        (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { password = PortalApp.Password })).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await maria.IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task moving_to_another_app_needs_a_code_of_the_first()
    {
        var maria = await app.SignedIn("maria");
        var (secret, _) = await app.SetUpSecondFactor(maria);
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { password = PortalApp.Password })).FieldErrors("code")).ShouldHaveSingleItem();
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { password = PortalApp.Password, code = "000000" })).FieldErrors("code")).ShouldHaveSingleItem();
        (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { password = PortalApp.Password, code = app.CodeOf(secret) })).StatusCode.ShouldBe(HttpStatusCode.OK);
        // Until the new app has shown a code, the old one opens.
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await (await app.SignedIn("maria", app.CodeOf(secret))).IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task nobody_begins_without_signing_in() =>
        (await app.Anonymous().PostAsJsonAsync("/api/v1/me/second-factor", new { password = PortalApp.Password })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
}
