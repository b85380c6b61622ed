using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests;

/// <summary>Rule R26, for every way in which somebody changes how an account is signed in to or reached.</summary>
public sealed class SecurityChangesTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>Two sessions; what one does ends the other, stays itself, and the address is told.</summary>
    async Task Ends(Func<HttpClient, Task> change, string told, string? code = null, bool staysOpen = true)
    {
        var address = await app.EmailOf("maria");
        var other = await app.SignedIn("maria", code);
        if (code is not null) app.Clock.Advance(TimeSpan.FromSeconds(30));
        var acts = await app.SignedIn("maria", code is null ? null : app.CodeOf(secret!));
        await change(acts);
        (await other.IsOpen()).ShouldBeFalse(told);
        (await acts.IsOpen()).ShouldBe(staysOpen, told);
        (await app.WasTold(address, told)).ShouldBeTrue(told);
    }

    string? secret;

    async Task WithFactor()
    {
        (secret, _) = await app.SetUpSecondFactor(await app.SignedIn("maria"));
    }

    static async Task Ok(Task<HttpResponseMessage> answer) => ((int)(await answer).StatusCode).ShouldBeInRange(200, 299, await (await answer).Content.ReadAsStringAsync());

    [Fact]
    public Task R26_a_changed_password() => Ends(c => Ok(c.PostAsJsonAsync("/api/v1/me/password", new { password = PortalApp.Password, newPassword = Recovering.Strong })), "The password of your account");

    [Fact]
    public async Task R26_a_reset_password()
    {
        var address = await app.EmailOf("maria");
        await Ends(async _ =>
        {
            await app.Anonymous().PostAsJsonAsync("/api/v1/password/forgot", new { username = "maria" });
            await Ok(app.Anonymous().PostAsJsonAsync("/api/v1/password/reset", new { token = await app.LinkTo(address, "/reset"), newPassword = Recovering.Strong }));
        }, "The password of your account", staysOpen: false);
    }

    [Fact]
    public Task R26_a_second_factor_that_is_added() => Ends(c => app.SetUpSecondFactor(c), "newly set up authenticator app");

    [Fact]
    public async Task R26_a_second_factor_that_is_moved()
    {
        await WithFactor();
        await Ends(c => app.SetUpSecondFactor(c), "newly set up authenticator app", app.CodeOf(secret!));
    }

    [Fact]
    public async Task R26_a_second_factor_that_is_removed()
    {
        await WithFactor();
        await Ends(async c =>
        {
            app.Clock.Advance(TimeSpan.FromSeconds(30));
            await Ok(c.PostAsJsonAsync("/api/v1/me/second-factor/remove", new { password = PortalApp.Password, code = app.CodeOf(secret!) }));
        }, "asks for the password alone now", app.CodeOf(secret!));
    }

    [Fact]
    public Task R26_an_added_passkey() => Ends(c => c.HasPasskey("My phone"), "A new passkey opens your account");

    [Fact]
    public async Task R26_a_removed_passkey()
    {
        var first = await app.SignedIn("maria");
        await first.HasPasskey("My phone");
        var id = (await first.See("/api/v1/me/passkeys")).GetProperty("items")[0].GetProperty("id").GetGuid();
        await Ends(c => Ok(c.PostAsync($"/api/v1/me/passkeys/{id}/remove", null)), "A passkey of your account");
    }

    [Fact]
    public async Task R26_new_recovery_codes()
    {
        await WithFactor();
        await Ends(c => Ok(c.PostAsync("/api/v1/me/second-factor/recovery-codes", null)), "New recovery codes were made", app.CodeOf(secret!));
    }

    [Fact]
    public async Task R26_a_recovered_second_factor()
    {
        await WithFactor();
        await app.OpenRecovery();
        app.Wait(RecoveryCase.WaitByVideo);
        await Ends(_ => app.Recover(), "newly set up authenticator app", app.CodeOf(secret!), staysOpen: false);
    }

    [Fact]
    public async Task R26_a_changed_address_tells_the_old_and_the_new_one()
    {
        await Ends(async c =>
        {
            await Ok(c.PostAsJsonAsync("/api/v1/me/email", new { email = "maria.new@example.org" }));
            await Ok(app.Anonymous().PostAsJsonAsync("/api/v1/email/confirm", new { token = await app.LinkTo("maria.new@example.org", "/confirm-email") }));
        }, "is reached at another address now");
        (await app.WasTold("maria.new@example.org", "The e-mail address of your account")).ShouldBeTrue();
    }

    [Fact]
    public Task R26_a_reported_phone_number() => Ends(c => Ok(c.PostAsJsonAsync("/api/v1/me/phone", new { phone = "+1 212 555 0177" })), "your phone number is another now");
}
