using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class OpenRecoveryTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task it_waits_a_day_after_a_video_call_and_two_hours_in_person_and_every_address_is_told()
    {
        await app.LosesFactor();
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            var maria = db.Accounts.Single(a => a.UserNameKey == "maria");
            db.Patients.Single(p => p.Id == maria.PatientId).Email = "chart@example.org";
            db.Add(new EmailChange
            {
                Id = Guid.CreateVersion7(), AccountId = maria.Id, From = "before@example.org", To = maria.Email, ToPrint = [1], AskedIn = Guid.CreateVersion7(), TokenHash = Secret.Hash("a"), StopHash = Secret.Hash("b"),
                AskedAt = app.Clock.GetUtcNow().AddDays(-9), SentAt = app.Clock.GetUtcNow().AddDays(-9), ExpiresAt = app.Clock.GetUtcNow().AddDays(-8), StopUntil = app.Clock.GetUtcNow().AddDays(-2), ConfirmedAt = app.Clock.GetUtcNow().AddDays(-9),
            });
            await db.Save(default);
            return 0;
        });
        var opened = await app.OpenRecovery();
        opened.StatusCode.ShouldBe(HttpStatusCode.Created, await opened.Content.ReadAsStringAsync());
        ((await opened.Json()).GetProperty("dueAt").GetDateTimeOffset() - app.Clock.GetUtcNow()).ShouldBe(RecoveryCase.WaitByVideo);
        foreach (var address in new[] { await app.EmailOf("maria"), "chart@example.org", "before@example.org" })
            (await app.WasTold(address, "second factor of your account is lost")).ShouldBeTrue(address);

        await app.LosesFactor("aisha");
        var inPerson = await app.OpenRecovery("aisha", inPerson: true);
        ((await inPerson.Json()).GetProperty("dueAt").GetDateTimeOffset() - app.Clock.GetUtcNow()).ShouldBe(RecoveryCase.WaitInPerson);
    }

    [Fact]
    public async Task what_was_checked_has_to_be_enough_and_is_kept()
    {
        await app.LosesFactor();
        foreach (var (inPerson, evidence) in new (bool, string[])[]
            { (true, []), (true, ["ChartFacts", "CalledBack"]), (false, ["PhotoDocument"]), (false, ["ChartFacts", "CalledBack"]), (true, ["PhotoDocument", "Nonsense"]), (true, ["0"]) })
            (await (await app.OpenRecovery(inPerson: inPerson, evidence: evidence)).FieldErrors("evidence")).ShouldNotBeEmpty();
        (await (await app.OpenRecovery(inPerson: true, evidence: ["KnownToStaff"])).FieldErrors("note")).ShouldNotBeEmpty();
        (await app.OpenRecovery(inPerson: true, evidence: ["KnownToStaff"], note: "Nurse Brooks has known her for years")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var line = (await (await app.SignInAs("frontdesk", fresh: true)).See("/api/v1/staff/recoveries")).GetProperty("items")[0];
        line.GetProperty("shown")[0].GetString()!.ShouldContain("colleague");
        line.Text("note")!.ShouldContain("Brooks");
    }

    [Fact]
    public async Task only_who_may_opens_one_and_a_colleagues_only_who_manages_accounts()
    {
        await app.LosesFactor();
        (await app.OpenRecovery(by: "pharmacist")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.OpenRecovery("nurse", by: "frontdesk")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.OpenRecovery("admin", by: "admin")).Code()).ShouldBe("own_account");
        (await app.OpenRecovery("nurse", by: "admin")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var desk = await app.SignInAs("frontdesk", fresh: true);
        (await desk.PostAsJsonAsync($"/api/v1/staff/accounts/{Guid.CreateVersion7()}/recovery", new { inPerson = true, evidence = new[] { "PhotoDocument" } })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await desk.See("/api/v1/staff/recoveries")).GetProperty("items").EnumerateArray().ShouldAllBe(i => i.Text("kind") == "patient");
    }

    [Fact]
    public async Task nobody_opens_their_own_as_a_patient()
    {
        await app.LosesFactor();
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            var (chart, desk) = (db.Accounts.Single(a => a.UserNameKey == "maria").PatientId, db.Accounts.Single(a => a.UserNameKey == "frontdesk").Id);
            db.StaffMembers.Single(m => m.Id == desk).ChartId = chart;
            await db.Save(default);
            return 0;
        });
        var refused = await app.OpenRecovery(inPerson: true);
        refused.StatusCode.ShouldNotBe(HttpStatusCode.Created);
        (await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().RecoveryCases.Count(c => c.OpenFor != null)))).ShouldBe(0);
    }

    [Fact]
    public async Task one_is_open_at_a_time_and_an_expired_one_makes_room()
    {
        await app.LosesFactor();
        (await app.OpenRecovery()).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await app.OpenRecovery()).Code()).ShouldBe("recovery_open");
        app.Wait(RecoveryCase.WaitByVideo + RecoveryCase.Ready);
        (await app.OpenRecovery()).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task an_account_without_a_second_factor_has_nothing_to_lose() => (await (await app.OpenRecovery()).Code()).ShouldBe("no_second_factor");

    [Fact]
    public async Task the_page_asks_what_was_checked()
    {
        await app.LosesFactor();
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = (await app.SignInAs("frontdesk", fresh: true)).DefaultRequestHeaders.Authorization;
        var path = $"/staff/accounts/{await app.AccountOf("maria")}/recovery";
        var page = await browser.Page(path);
        (await (await browser.Send(path, page, "open", ("Form.InPerson", "person"))).Page()).Body!.TextContent.ShouldContain("Say what you checked.");
        (await browser.Send(path, page, "open", ("Form.InPerson", "person"), ("Form.PhotoDocument", "true"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await browser.Page("/staff/recoveries")).Body!.TextContent.ShouldContain("Waits");
        (await browser.Page(path)).Body!.TextContent.ShouldContain("A recovery is open");
    }
}
