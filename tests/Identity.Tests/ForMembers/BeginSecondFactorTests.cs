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
        var begun = await (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { })).Json();
        begun.Text("address")!.ShouldStartWith("otpauth://totp/");
        begun.Text("address")!.ShouldContain("secret=" + begun.Text("secret"));
        (await maria.See("/api/v1/me/second-factor")).GetProperty("isOn").GetBoolean().ShouldBeFalse();
        (await (await app.SignedIn("maria")).IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task a_proof_older_than_ten_minutes_is_asked_for_again()
    {
        var maria = await app.SignedIn("maria");
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        var refused = await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { });
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Code()).ShouldBe("step_up_required");
        (await maria.PostAsJsonAsync("/api/v1/me/prove", new { password = PortalApp.Password })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task until_the_new_app_has_shown_a_code_the_old_one_opens()
    {
        var maria = await app.SignedIn("maria");
        var (secret, _) = await app.SetUpSecondFactor(maria);
        (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.SignedIn("maria", app.CodeOf(secret))).IsOpen()).ShouldBeTrue();
    }

    [Fact]
    public async Task nobody_begins_without_signing_in() =>
        (await app.Anonymous().PostAsJsonAsync("/api/v1/me/second-factor", new { })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
}
