using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class GiveUpAccessTests : IAsyncLifetime
{
    PortalApp app = null!;
    Guid maria, grant;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        grant = await app.Grant(maria, "james", LegalBasis.PowerOfAttorney, relation: "spouse");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> GiveUp(HttpClient by, bool sure = true) => by.PostAsJsonAsync($"/api/v1/me/caring/{grant}/give-up", new { sure });

    [Fact]
    public async Task R28_whoever_gives_up_is_out_from_the_next_request_on_and_the_patient_is_told()
    {
        var james = await app.SignInAs("james");
        (await james.GetAsync($"/api/v1/patients/{maria}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await james.See("/api/v1/me/account")).GetProperty("caringFor").EnumerateArray().ShouldContain(c => c.GetProperty("grant").GetGuid() == grant);
        (await (await GiveUp(james, sure: false)).FieldErrors("sure")).ShouldNotBeEmpty();
        (await james.GetAsync($"/api/v1/patients/{maria}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await GiveUp(james)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await james.GetAsync($"/api/v1/patients/{maria}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await james.See("/api/v1/me/account")).GetProperty("caringFor").EnumerateArray().ShouldNotContain(c => c.GetProperty("grant").GetGuid() == grant);
        await app.RunCourierAndPost();
        app.Mailbox().Count(m => m.Contains("Somebody gave up their access", StringComparison.Ordinal)).ShouldBe(1);
        var seen = await (await app.SignInAs("maria")).See("/api/v1/patients/me/access-log");
        seen.GetProperty("items").EnumerateArray().ShouldContain(r => r.Text("who") == "James Carter");
    }

    [Fact]
    public async Task also_while_it_rests_and_twice_at_once_it_ends_once()
    {
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            (await db.Grants.FindAsync(grant))!.RestsSince = app.Clock.GetUtcNow();
            await db.Save(default);
            return 0;
        });
        var james = await app.SignInAs("james");
        var answers = await Task.WhenAll(GiveUp(james), GiveUp(james));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.NoContent || a.StatusCode == HttpStatusCode.PreconditionFailed);
        await app.RunCourierAndPost();
        app.Mailbox().Count(m => m.Contains("Somebody gave up their access", StringComparison.Ordinal)).ShouldBe(1);
        (await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Grants.Single(g => g.Id == grant).RevokedBecause))).ShouldBe("proxy");
    }

    [Fact]
    public async Task R35_nobody_gives_up_what_another_holds()
    {
        foreach (var who in (string[])["aisha", "maria", "nurse"])
            (await GiveUp(await app.SignInAs(who))).StatusCode.ShouldBe(HttpStatusCode.NotFound, who);
        (await GiveUp(app.Anonymous())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/{maria}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task by_page_it_asks_first()
    {
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "james"), ("Form.Password", PortalApp.Password));
        (await browser.Page("/account")).QuerySelector($"a[href='/account/caring/{grant}']").ShouldNotBeNull();
        var page = await browser.Page($"/account/caring/{grant}");
        page.Body!.TextContent.ShouldContain("Maria Alvarez");
        (await (await browser.Send($"/account/caring/{grant}", page, "give-up")).Page()).Body!.TextContent.ShouldContain("Check this box if you are sure.");
        (await browser.Send($"/account/caring/{grant}", page, "give-up", ("Form.Sure", "true"))).Headers.Location!.ToString().ShouldEndWith("/account");
        (await browser.GetAsync($"/account/caring/{grant}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
