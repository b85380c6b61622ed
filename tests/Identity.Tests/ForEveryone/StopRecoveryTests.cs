using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class StopRecoveryTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Stop(string? token) => app.Anonymous().PostAsJsonAsync("/api/v1/recovery/stop", new { token });

    async Task<string> Link()
    {
        await app.LosesFactor();
        await app.OpenRecovery();
        return await app.LinkTo(await app.EmailOf("maria"), "/not-me/recovery");
    }

    [Fact]
    public async Task the_owner_stops_it_once_and_staff_see_it()
    {
        var link = await Link();
        (await Stop(link)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        app.Wait(RecoveryCase.WaitByVideo);
        (await (await app.BeginRecovery()).Code()).ShouldBe("no_recovery");
        (await (await app.SignInAs("frontdesk", fresh: true)).See("/api/v1/staff/recoveries")).GetProperty("items")[0].Text("state").ShouldBe("stopped", StringCompareShould.IgnoreCase);

        var (used, madeUp) = (await Stop(link), await Stop(Secret.New()));
        (await used.Code()).ShouldBe("link_refused");
        (await madeUp.Json()).Text("detail").ShouldBe((await used.Json()).Text("detail"));
    }

    [Fact]
    public async Task also_while_it_could_be_used_and_of_both_at_once_one_counts()
    {
        var link = await Link();
        app.Wait(RecoveryCase.WaitByVideo);
        var secret = (await (await app.BeginRecovery()).Json()).Text("secret")!;
        var answers = await Task.WhenAll(Stop(link), app.FinishRecovery(app.CodeOf(secret)));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
    }

    [Fact]
    public async Task the_page_stops_it_without_a_sign_in()
    {
        var link = await Link();
        using var browser = app.Browser();
        var done = await (await browser.Send("/not-me/recovery", await browser.Page("/not-me/recovery"), "stop", ("Form.Token", link))).Page();
        done.Body!.TextContent.ShouldContain("It is stopped");
    }
}
