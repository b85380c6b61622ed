namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class ConfirmSecondFactorTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task from_then_on_signing_in_asks_for_a_code_and_all_other_sessions_are_over()
    {
        var (elsewhere, maria) = (await app.SignedIn("maria"), await app.SignedIn("maria"));
        var (secret, codes) = await app.SetUpSecondFactor(maria);
        codes.Count.ShouldBe(10);
        codes.Distinct().Count().ShouldBe(10);
        codes.ShouldAllBe(c => c.Length == 19);

        (await elsewhere.IsOpen()).ShouldBeFalse();
        (await maria.IsOpen()).ShouldBeTrue();
        (await (await app.Anonymous().SignIn("maria", PortalApp.Password)).Code()).ShouldBe("second_factor_required");
        (await (await app.SignedIn("maria", app.CodeOf(secret))).IsOpen()).ShouldBeTrue();

        var state = await maria.See("/api/v1/me/second-factor");
        state.GetProperty("isOn").GetBoolean().ShouldBeTrue();
        state.GetProperty("recoveryCodesLeft").GetInt32().ShouldBe(10);
    }

    [Fact]
    public async Task the_first_code_was_spent_by_confirming()
    {
        var maria = await app.SignedIn("maria");
        var secret = (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { password = PortalApp.Password })).Json()).Text("secret")!;
        var code = app.CodeOf(secret);
        (await maria.PostAsJsonAsync("/api/v1/me/second-factor/confirm", new { code })).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Anonymous().SignIn("maria", PortalApp.Password, code)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_wrong_code_or_a_late_one_turns_nothing_on()
    {
        var maria = await app.SignedIn("maria");
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor/confirm", new { code = "123456" })).Code()).ShouldBe("set_up_expired");
        var secret = (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor", new { password = PortalApp.Password })).Json()).Text("secret")!;
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor/confirm", new { code = "000000" })).FieldErrors("code")).ShouldHaveSingleItem();
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        (await (await maria.PostAsJsonAsync("/api/v1/me/second-factor/confirm", new { code = app.CodeOf(secret) })).Code()).ShouldBe("set_up_expired");
        (await maria.See("/api/v1/me/second-factor")).GetProperty("isOn").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task it_is_told_to_the_owner_and_neither_secret_nor_codes_are_kept_readable()
    {
        var maria = await app.SignedIn("maria");
        var (secret, codes) = await app.SetUpSecondFactor(maria);
        await app.CourierIsIdle();
        await app.RunJob("send-notices");
        app.Mailbox().ShouldContain(m => m.Contains("Subject: An authenticator app was set up", StringComparison.Ordinal));
        app.Mailbox().ShouldAllBe(m => !m.Contains(secret) && !m.Contains(codes[0]));

        await using var connection = await app.Database.Open(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT totp_secret FROM identity_accounts WHERE totp_secret IS NOT NULL UNION ALL SELECT code_hash FROM identity_recovery_codes";
        await using var rows = await command.ExecuteReaderAsync();
        var kept = 0;
        for (; await rows.ReadAsync(); kept++)
            foreach (var plain in codes.Append(secret)) ((byte[])rows.GetValue(0)).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(plain)).ShouldBe(-1);
        kept.ShouldBeGreaterThan(10);
    }
}
