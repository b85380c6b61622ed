using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class StopMyRecoveryTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task every_open_session_shows_it_and_can_stop_it()
    {
        var maria = await app.LosesFactor();
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = maria.DefaultRequestHeaders.Authorization;
        (await browser.Page("/account")).QuerySelector(".whom.glass").ShouldBeNull();
        await app.OpenRecovery();
        (await browser.Page("/account")).QuerySelector(".whom.glass a[href='/account/recovery']").ShouldNotBeNull();

        (await browser.Send("/account/recovery", await browser.Page("/account/recovery"), "stop")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await browser.Page("/account")).QuerySelector(".whom.glass").ShouldBeNull();
        app.Wait(RecoveryCase.WaitByVideo);
        (await (await app.BeginRecovery()).Code()).ShouldBe("no_recovery");
    }

    [Fact]
    public async Task somebody_elses_is_not_found()
    {
        await app.LosesFactor();
        await app.OpenRecovery();
        (await (await app.SignedIn("aisha")).PostAsync("/api/v1/me/recovery/stop", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("frontdesk", fresh: true)).See("/api/v1/staff/recoveries")).GetProperty("items")[0].Text("state").ShouldBe("waiting", StringCompareShould.IgnoreCase);
    }
}
