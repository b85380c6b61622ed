namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class RemoveSecondFactorTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task a_weak_password_must_not_stand_alone()
    {
        var maria = await app.SignedIn("maria");
        var (secret, _) = await app.SetUpSecondFactor(maria);
        const string shorter = "Kelp-Otter-9";
        (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = PortalApp.Password, code = app.CodeOf(secret), newPassword = shorter })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var refused = await maria.PostAsJsonAsync("/api/v1/me/second-factor/remove", new { password = shorter, code = app.CodeOf(secret) });
        (await refused.Code()).ShouldBe("password_too_weak");
        // The refusal spent nothing.
        const string longer = "otter kelp violin stapler";
        (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = shorter, code = app.CodeOf(secret), newPassword = longer })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await maria.PostAsJsonAsync("/api/v1/me/second-factor/remove", new { password = longer, code = app.CodeOf(secret) })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await app.SignedIn("maria", password: longer)).IsOpen()).ShouldBeTrue();
        (await maria.See("/api/v1/me/second-factor")).GetProperty("recoveryCodesLeft").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task it_needs_the_code_that_it_removes()
    {
        var maria = await app.SignedIn("maria");
        await app.SetUpSecondFactor(maria);
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor/remove", new { password = PortalApp.Password })).FieldErrors("code")).ShouldHaveSingleItem();
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor/remove", new { password = PortalApp.Password, code = "000000" })).FieldErrors("code")).ShouldHaveSingleItem();
        (await maria.See("/api/v1/me/second-factor")).GetProperty("isOn").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task staff_keep_theirs()
    {
        var nurse = await app.SignInAs("nurse", fresh: true);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var refused = await nurse.PostAsJsonAsync("/api/v1/me/second-factor/remove", new { password = PortalApp.Password, code = Totp.Now(app.Clock) });
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Code()).ShouldBe("second_factor_required");
    }
}
