using Microsoft.EntityFrameworkCore;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class UndoMergeTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient clerk = null!;
    Guid maria, aisha;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        (maria, aisha) = (await PortalApp.OwnChart(await app.SignInAs("maria")), await PortalApp.OwnChart(await app.SignInAs("aisha")));
        clerk = await app.Clerk();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>What of this module belongs to whom, and what it opens.</summary>
    async Task<List<string>> Belongings() =>
    [
        .. await app.Query("SELECT id, patient_id FROM identity_patient_identifiers ORDER BY id"), .. await app.Query("SELECT id, patient_id FROM identity_patient_resources ORDER BY id"),
        .. await app.Query("SELECT id, patient_id, disabled_at FROM identity_accounts ORDER BY id"),
        .. await app.Query("SELECT id, patient_id, scopes, starts_at, ends_at, revoked_at, rests_since, told FROM identity_grants ORDER BY id"),
        .. await app.Query("SELECT id, chart_number, name, merged_into_id, conflict_at FROM identity_patients ORDER BY id"),
    ];

    [Fact]
    public async Task R37_unmerge_restores_every_row_of_every_module_accounts_and_grants()
    {
        await app.Grant(maria, "james", LegalBasis.PatientsWish, "appointments,records", "friend");
        await app.Grant(aisha, "james", LegalBasis.PatientsWish, "records,messages", "friend");
        var (_, token) = await app.Invite("rosa@example.org", ["records"], by: "aisha");
        var rosa = await app.Join(token);
        (await rosa.Accept(token, await app.BirthDateOf(aisha))).StatusCode.ShouldBe(HttpStatusCode.Created);
        await app.Inside(async s => { var db = s.GetRequiredService<IdentityDb>(); var p = db.Patients.Single(x => x.Id == aisha); (p.ConflictAt, p.ConflictReason) = (app.Clock.GetUtcNow(), "They quarrel"); await s.GetRequiredService<Grants>().TellAll(p, default); await db.Save(default); return 0; });
        await app.RunCourierAndPost();
        clerk = await app.Clerk();
        var (rows, belongings) = (await app.ModuleRows(), await Belongings());

        var merge = await app.Join(clerk, aisha, maria);
        (await Belongings()).ShouldNotBe(belongings);
        (await clerk.Undo(merge)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.CourierIsIdle();

        (await Belongings()).ShouldBe(belongings);
        var now = await app.ModuleRows();
        foreach (var (table, was) in rows)
            if (table is not "messaging_deliveries") now[table].ShouldBe(was, table);
        now["messaging_deliveries"].ShouldBeSubsetOf(now["messaging_deliveries"].Union(rows["messaging_deliveries"]));
        rows["messaging_deliveries"].ShouldBeSubsetOf(now["messaging_deliveries"]);

        (await app.SignInAs("aisha", fresh: true)).ShouldNotBeNull();
        (await rosa.GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await clerk.See($"/api/v1/staff/patients/{aisha}")).GetProperty("mergedFrom").GetArrayLength().ShouldBe(0);
        (await app.Query("SELECT seq FROM kernel_audit WHERE what = 'merge' AND act = 'Update' AND outcome = 'ok'")).Count.ShouldBe(4);
        // Told apart by whoever undid it, the pair does not come back.
        (await clerk.See("/api/v1/staff/duplicates?state=dismissed")).GetProperty("items")[0].Text("note").ShouldBe("Two passports");
    }

    [Fact]
    public async Task the_account_that_followed_goes_back()
    {
        var unheld = await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            return await db.Patients.Where(p => !p.IsDeceased && !db.Accounts.Any(a => a.PatientId == p.Id) && !db.StaffMembers.Any(m => m.ChartId == p.Id) && !db.ProtectedCharts.Any(c => c.PatientId == p.Id)).Select(p => p.Id).FirstAsync();
        });
        var known = await app.Query("SELECT id, account_id FROM messaging_known_patients ORDER BY id");
        var merge = await app.Join(clerk, maria, unheld);
        (await app.Query("SELECT id, account_id FROM messaging_known_patients ORDER BY id")).ShouldNotBe(known);
        (await clerk.Undo(merge)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.CourierIsIdle();
        (await (await app.SignInAs("maria")).See("/api/v1/patients/me")).GetProperty("id").GetGuid().ShouldBe(maria);
        (await app.Query("SELECT id, account_id FROM messaging_known_patients ORDER BY id")).ShouldBe(known);
    }

    [Fact]
    public async Task what_came_after_the_merge_stays()
    {
        var merge = await app.Join(clerk, aisha, maria);
        await app.Grant(maria, "james", LegalBasis.PatientsWish, "records", "friend");
        (await clerk.Undo(merge)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task what_a_person_decided_about_a_grant_meanwhile_is_not_undone()
    {
        await app.Grant(maria, "james", LegalBasis.PatientsWish, "appointments,records", "friend");
        await app.Grant(aisha, "james", LegalBasis.PatientsWish, "records,messages", "friend");
        var merge = await app.Join(clerk, aisha, maria);
        var grant = (await (await app.SignInAs("maria")).See("/api/v1/patients/me/proxies")).GetProperty("proxies")[0].Text("id");
        (await (await app.SignInAs("maria", fresh: true)).PostAsync($"/api/v1/patients/me/proxies/{grant}/revoke", null)).IsSuccessStatusCode.ShouldBeTrue();
        clerk = await app.Clerk();
        (await clerk.Undo(merge)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var james = await app.SignInAs("james");
        foreach (var chart in new[] { maria, aisha }) (await james.GetAsync($"/api/v1/patients/{chart}/results")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await clerk.See("/api/v1/staff/proxy-concerns")).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("patientId").GetGuid()).ShouldBe([aisha]);
    }

    [Fact]
    public async Task after_thirty_days_it_is_too_late_and_not_a_second_before()
    {
        var one = await app.Join(clerk, aisha, maria);
        app.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(1));
        clerk = await app.Clerk();
        (await (await clerk.GetAsync($"/api/v1/staff/merges")).Json()).GetProperty("items")[0].GetProperty("undoUntil").ValueKind.ShouldBe(JsonValueKind.String);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await (await clerk.Undo(one)).Code()).ShouldBe("too_late");
        (await (await clerk.GetAsync($"/api/v1/staff/merges")).Json()).GetProperty("items")[0].GetProperty("undoUntil").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task of_a_chain_the_last_is_undone_first_and_all_rows_are_as_before()
    {
        var daughter = await app.Daughter();
        var rows = await app.ModuleRows();
        var first = await app.Join(clerk, aisha, maria);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await app.Join(clerk, maria, daughter);
        (await app.RowsOf(maria)).ShouldAllBe(t => t.Value == 0);
        (await (await clerk.Undo(first)).Code()).ShouldBe("later_merge");
        (await clerk.Undo(second)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Patients.Single(p => p.Id == aisha).MergedIntoId))).ShouldBe(maria);
        (await clerk.Undo(first)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.CourierIsIdle();
        var now = await app.ModuleRows();
        foreach (var (table, was) in rows)
            if (table is not "messaging_deliveries") now[table].ShouldBe(was, table);
    }

    [Fact]
    public async Task undone_twice_at_once_it_is_undone_once()
    {
        var merge = await app.Join(clerk, aisha, maria);
        var both = await Task.WhenAll(clerk.Undo(merge), clerk.Undo(merge));
        both.Count(b => b.StatusCode is HttpStatusCode.NoContent).ShouldBe(1);
        (await both.Single(b => b.StatusCode is not HttpStatusCode.NoContent).Code()).ShouldBe("already_undone");
        (await (await clerk.Undo(merge)).Code()).ShouldBe("already_undone");
        (await clerk.Undo(Guid.CreateVersion7())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await clerk.Undo(merge, "")).FieldErrors("reason")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task an_undoing_that_is_delivered_before_its_merge_turns_it_into_nothing()
    {
        var rows = await app.RowsOf(aisha);
        var merge = Guid.CreateVersion7();
        foreach (MediatR.INotification news in new MediatR.INotification[] { new Contracts.ChartsUnmerged(merge, aisha, maria, false), new Contracts.ChartsMerged(merge, aisha, maria, false) })
        {
            await app.Inside(async s => { var db = s.GetRequiredService<IdentityDb>(); db.Announce(news, maria); await db.Save(default); return 0; });
            await app.CourierIsIdle();
        }
        (await app.RowsOf(aisha)).ShouldBe(rows);
        (await app.RunJob("follow-merges")).ShouldBe("Nothing came late.");
    }

    [Fact]
    public async Task once_undone_the_charts_can_be_joined_again()
    {
        var merge = await app.Join(clerk, aisha, maria);
        (await clerk.Undo(merge)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.CourierIsIdle();
        await app.Join(clerk, aisha, maria);
        (await app.RowsOf(aisha)).ShouldAllBe(t => t.Value == 0);
    }

    [Fact]
    public async Task the_page_says_until_when_and_asks_why()
    {
        var merge = await app.Join(clerk, aisha, maria);
        var page = await clerk.Page("/staff/merges");
        page.QuerySelector($"a[href='/staff/merges/{merge}/undo']").ShouldNotBeNull();
        (await clerk.Page($"/staff/merges/{merge}/undo")).QuerySelector("textarea[name='Form.Reason']").ShouldNotBeNull();
    }
}
