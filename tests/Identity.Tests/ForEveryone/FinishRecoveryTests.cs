using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class FinishRecoveryTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task after_the_wait_the_password_and_a_new_app_replace_what_was_lost()
    {
        var lost = await app.SignedIn("maria");
        var (old, codes) = await app.SetUpSecondFactor(lost);
        await app.OpenRecovery();
        (await (await app.BeginRecovery()).Code()).ShouldBe("no_recovery");
        app.Wait(RecoveryCase.WaitByVideo);
        var open = await app.SignedIn("maria", app.CodeOf(old));

        var secret = await app.Recover();
        (await open.IsOpen()).ShouldBeFalse();
        (await app.Anonymous().SignIn("maria", PortalApp.Password, app.CodeOf(old))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Anonymous().PostAsJsonAsync("/api/v1/sign-in", new { username = "maria", password = PortalApp.Password, recoveryCode = codes[0] })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        app.Wait(TimeSpan.FromMinutes(1));
        (await app.Anonymous().SignIn("maria", PortalApp.Password, app.CodeOf(secret))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.WasTold(await app.EmailOf("maria"), "newly set up authenticator app")).ShouldBeTrue();
        // Once.
        (await (await app.BeginRecovery()).Code()).ShouldBe("no_recovery");
    }

    [Fact]
    public async Task R27_without_the_password_it_opens_nothing_and_tries_count_like_a_sign_in()
    {
        await app.LosesFactor();
        await app.OpenRecovery();
        app.Wait(RecoveryCase.WaitByVideo);
        var (wrong, unknown) = (await app.BeginRecovery(password: "wrong"), await app.BeginRecovery("nobody-has-this"));
        (await wrong.Code()).ShouldBe("invalid_credentials");
        (await unknown.Json()).Text("detail").ShouldBe((await wrong.Json()).Text("detail"));
        (await (await app.FinishRecovery("123456", password: "wrong")).Code()).ShouldBe("invalid_credentials");
        for (var n = 0; n < 5; n++) await app.BeginRecovery(password: "wrong");
        (await (await app.BeginRecovery()).Code()).ShouldBe("locked_out");
    }

    [Fact]
    public async Task R27_a_staff_account_is_never_without_a_second_factor()
    {
        await app.OpenRecovery("nurse", inPerson: true, by: "admin");
        app.Wait(RecoveryCase.WaitInPerson);
        var begun = await (await app.BeginRecovery("nurse")).Json();
        begun.GetProperty("mayDoWithout").GetBoolean().ShouldBeFalse();
        (await app.FinishRecovery(null, "nurse", without: true)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.Anonymous().SignIn("nurse", PortalApp.Password)).Code()).ShouldBe("second_factor_required");
        (await app.FinishRecovery("000000", "nurse")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.FinishRecovery(app.CodeOf(begun.Text("secret")!), "nurse")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.Anonymous().SignIn("nurse", PortalApp.Password)).Code()).ShouldBe("second_factor_required");
    }

    [Fact]
    public async Task R27_neither_a_sign_in_nor_a_reset_skips_the_factor_because_a_case_is_due()
    {
        await app.LosesFactor();
        await app.OpenRecovery();
        app.Wait(RecoveryCase.WaitByVideo);
        (await (await app.Anonymous().SignIn("maria", PortalApp.Password)).Code()).ShouldBe("second_factor_required");
        await app.Anonymous().PostAsJsonAsync("/api/v1/password/forgot", new { username = "maria" });
        await app.Anonymous().PostAsJsonAsync("/api/v1/password/reset", new { token = await app.LinkTo(await app.EmailOf("maria"), "/reset"), newPassword = Recovering.Strong });
        (await (await app.Anonymous().SignIn("maria", Recovering.Strong)).Code()).ShouldBe("second_factor_required");
    }

    [Fact]
    public async Task a_patient_may_go_back_to_a_password_that_can_stand_alone()
    {
        await app.LosesFactor();
        await app.OpenRecovery();
        app.Wait(RecoveryCase.WaitByVideo);
        (await app.FinishRecovery(null, without: true)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Anonymous().SignIn("maria", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.WasTold(await app.EmailOf("maria"), "asks for the password alone now")).ShouldBeTrue();
    }

    [Fact]
    public async Task a_weak_one_has_to_be_changed_first()
    {
        await app.LosesFactor();
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            db.Accounts.Single(a => a.UserNameKey == "maria").PasswordHash = (await s.GetRequiredService<Passwords>().Hash("kiw1-zebra", default)).Value;
            await db.Save(default);
            return 0;
        });
        await app.OpenRecovery();
        app.Wait(RecoveryCase.WaitByVideo);
        (await (await app.FinishRecovery(null, password: "kiw1-zebra", without: true)).Code()).ShouldBe("password_too_weak");
    }

    [Fact]
    public async Task after_seven_days_it_is_too_late_and_of_two_at_once_one_counts()
    {
        await app.LosesFactor();
        await app.OpenRecovery();
        app.Wait(RecoveryCase.WaitByVideo + RecoveryCase.Ready);
        (await (await app.BeginRecovery()).Code()).ShouldBe("no_recovery");

        await app.OpenRecovery();
        app.Wait(RecoveryCase.WaitByVideo);
        var secret = (await (await app.BeginRecovery()).Json()).Text("secret")!;
        var answers = await Task.WhenAll(app.FinishRecovery(app.CodeOf(secret)), app.FinishRecovery(app.CodeOf(secret)));
        answers.Count(a => a.StatusCode is HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task the_page_leads_from_the_password_to_new_codes()
    {
        await app.LosesFactor();
        await app.OpenRecovery();
        app.Wait(RecoveryCase.WaitByVideo);
        using var browser = app.Browser();
        var second = await (await browser.Send("/recover", await browser.Page("/recover"), "begin", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password))).Page();
        second.QuerySelector(".qr svg").ShouldNotBeNull();
        var wrong = await (await browser.Send("/recover", second, "finish", ("New.Code", "000000"))).Page();
        wrong.QuerySelector(".field.bad").ShouldNotBeNull();
        wrong.QuerySelector(".qr svg").ShouldNotBeNull();
        var secret = wrong.QuerySelector(".code")!.TextContent.Replace(" ", "", StringComparison.Ordinal);
        var done = await (await browser.Send("/recover", wrong, "finish", ("New.Code", app.CodeOf(secret)))).Page();
        done.Body!.TextContent.ShouldContain("Your recovery codes");
    }
}
