using System.Text;
using Microsoft.EntityFrameworkCore;
using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Interop.Contracts;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class MergeChartsTests : IAsyncLifetime
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

    static async Task<HashSet<string>> All(HttpClient client, string path)
    {
        var ids = new HashSet<string>();
        for (string? cursor = null; ;)
        {
            var page = await client.See($"{path}?limit=100{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            var items = page.ValueKind is JsonValueKind.Array ? page : page.GetProperty(page.TryGetProperty("items", out _) ? "items" : page.EnumerateObject().First(p => p.Value.ValueKind is JsonValueKind.Array).Name);
            foreach (var item in items.EnumerateArray()) ids.Add(item.GetProperty("id").GetString()!);
            if (page.ValueKind is JsonValueKind.Array || !page.TryGetProperty("next", out var next) || next.ValueKind is not JsonValueKind.String) return ids;
            cursor = next.GetString();
        }
    }

    static readonly string[] Lists = ["appointments", "results", "documents", "threads", "refill-requests", "medications"];

    [Fact]
    public async Task R37_merging_moves_everything_once_and_both_numbers_lead_to_the_chart_that_stays()
    {
        var (hers, others) = (await app.SignInAs("maria"), await app.SignInAs("aisha"));
        var asked = await others.PostAsJsonAsync("/api/v1/patients/me/threads", new
        {
            team = (await others.See("/api/v1/patients/me/teams")).GetProperty("items")[0].Text("id"), topic = "question", subject = "A question", body = "Is it open on Monday?",
        });
        await app.CourierIsIdle();
        var before = new Dictionary<string, (HashSet<string> Hers, HashSet<string> Others)>();
        foreach (var list in Lists) before[list] = (await All(hers, $"/api/v1/patients/me/{list}"), await All(others, $"/api/v1/patients/me/{list}"));
        before["results"].Others.ShouldNotBeEmpty();
        before["medications"].Others.ShouldNotBeEmpty();
        before["appointments"].Others.Count.ShouldBeGreaterThan(0);
        var numbers = (Hers: (await hers.See("/api/v1/patients/me")).Text("chartNumber")!, Others: (await others.See("/api/v1/patients/me")).Text("chartNumber")!);
        var (mine, theirs) = (await app.RowsOf(maria), await app.RowsOf(aisha));
        theirs.Values.Sum().ShouldBeGreaterThan(50);

        await app.Join(clerk, aisha, maria);

        foreach (var list in Lists) (await All(hers, $"/api/v1/patients/me/{list}")).ShouldBe(before[list].Hers.Union(before[list].Others), ignoreOrder: true, list);
        (await app.RowsOf(aisha)).ShouldAllBe(t => t.Value == 0);
        var now = await app.RowsOf(maria);
        foreach (var (table, count) in theirs) now[table].ShouldBe(count + mine[table], table);
        // Delivered twice it moves nothing twice.
        var merge = (await clerk.See("/api/v1/staff/merges")).GetProperty("items")[0].GetProperty("id").GetGuid();
        await app.Inside(async s => { var db = s.GetRequiredService<IdentityDb>(); db.Announce(new ChartsMerged(merge, aisha, maria, false), maria); await db.Save(default); return 0; });
        await app.CourierIsIdle();
        (await app.RowsOf(maria)).ShouldBe(now);

        // The one chart that is left is found by both numbers, and the other's address leads there.
        foreach (var number in new[] { numbers.Hers, numbers.Others })
            (await clerk.See($"/api/v1/staff/patients?query={number}")).GetProperty("items").EnumerateArray().Select(p => p.GetProperty("id").GetGuid()).ShouldBe([maria], number);
        (await (await clerk.GetAsync($"/api/v1/staff/patients/{aisha}")).Code()).ShouldBe("chart_merged");
        (await clerk.GetAsync($"/staff/patients/{aisha}")).Headers.Location!.ToString().ShouldEndWith($"/staff/patients/{maria}");
        (await clerk.See($"/api/v1/staff/patients/{maria}")).GetProperty("mergedFrom")[0].GetString().ShouldBe(numbers.Others);
        (await clerk.Page($"/staff/patients/{maria}")).Body!.TextContent.ShouldContain($"Merged from chart {numbers.Others}");
        _ = asked;
    }

    [Fact]
    public async Task R37_the_audit_of_both_is_read_as_one_and_the_merge_stands_in_both()
    {
        var nurse = await app.SignInAs("nurse");
        await nurse.See($"/api/v1/staff/patients/{aisha}");
        await nurse.See($"/api/v1/staff/patients/{maria}");
        var (beforeHers, beforeOthers) = (await Log(maria), await Log(aisha));
        await app.Join(clerk, aisha, maria);

        var log = (await (await app.SignInAs("maria")).See("/api/v1/patients/me/access-log?limit=100")).GetProperty("items").EnumerateArray().ToList();
        log.Count(l => l.Text("what") is "Joined this record with another of the same person").ShouldBe(1);
        log.Select(l => l.Text("who")).ShouldContain(w => w!.Contains("Aisha", StringComparison.Ordinal), "what aisha did in her chart");
        (await Log(maria)).ShouldBeGreaterThan(beforeHers);
        (await Log(aisha)).ShouldBeGreaterThan(beforeOthers);

        var admin = await app.SignInAs("admin");
        foreach (var asked in new[] { maria, aisha })
            (await admin.See($"/api/v1/staff/audit?patient={asked}&limit=100")).GetProperty("items").EnumerateArray().Select(r => r.GetProperty("patientId").GetGuid()).Distinct().ShouldBe([maria, aisha], ignoreOrder: true);
        // A line about the chart that was absorbed can be asked about.
        var line = log.First(l => l.Text("kind") is "staff" && l.Text("what")!.StartsWith("Opened the chart", StringComparison.Ordinal)).Text("id");
        (await (await app.SignInAs("maria")).GetAsync($"/api/v1/patients/me/access-log/{line}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        async Task<int> Log(Guid patient) => (await app.Query($"SELECT seq FROM kernel_audit WHERE patient_id = '{(PortalApp.Engine is Engine.PostgreSql ? patient.ToString() : patient.ToString().ToUpperInvariant())}'")).Count;
    }

    [Fact]
    public async Task R37_proxies_see_no_more_than_before_until_staff_decide()
    {
        await app.Grant(maria, "james", LegalBasis.PatientsWish, "appointments,records", "friend");
        await app.Grant(aisha, "james", LegalBasis.PatientsWish, "records,messages", "friend");
        var (_, token) = await app.Invite("rosa@example.org", ["records"]);
        var rosa = await app.Join(token);
        (await rosa.Accept(token, await app.BirthDateOf(maria))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var james = await app.SignInAs("james");
        (await rosa.GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.OK);

        clerk = await app.Clerk();
        await app.Join(clerk, aisha, maria);

        // Both grants: what both allowed.
        (await james.GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await james.GetAsync($"/api/v1/patients/{maria}/appointments")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await james.GetAsync($"/api/v1/patients/{maria}/threads")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await james.GetAsync($"/api/v1/patients/{aisha}/results")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        // One grant: nothing, until staff confirm it.
        (await rosa.GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var concern = (await clerk.See("/api/v1/staff/proxy-concerns")).GetProperty("items").EnumerateArray().Single(c => c.Text("kind") is "charts-joined");
        (await clerk.PostAsync($"/api/v1/staff/proxy-concerns/{concern.Text("id")}/settle", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await rosa.GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_absorbed_charts_account_is_disabled_at_once_when_the_other_has_one_and_follows_when_it_has_none()
    {
        var others = await app.SignInAs("aisha");
        await app.Join(clerk, aisha, maria);
        (await others.GetAsync("/api/v1/patients/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Anonymous().SignIn("aisha", PortalApp.Password)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        await app.RunJob("send-notices");
        app.Mailbox().Count(m => m.Contains("Your second account was closed", StringComparison.Ordinal)).ShouldBe(1);

        // A chart without an account takes that of the one it absorbs.
        var unheld = await Unheld();
        var hers = await app.SignInAs("maria");
        await app.Join(clerk, maria, unheld);
        (await hers.See("/api/v1/patients/me")).GetProperty("id").GetGuid().ShouldBe(unheld);
        (await hers.See("/api/v1/patients/me/results")).GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        (await hers.GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Patients.Where(p => p.MergedIntoId == unheld).Select(p => p.Id).ToList()))).ShouldBe([maria, aisha], ignoreOrder: true);
    }

    /// <summary>Somebody with a chart and no account, whom staff may open.</summary>
    Task<Guid> Unheld() => app.Inside(async s =>
    {
        var db = s.GetRequiredService<IdentityDb>();
        return await db.Patients.Where(p => !p.IsDeceased && p.MergedIntoId == null && !db.Accounts.Any(a => a.PatientId == p.Id) && !db.StaffMembers.Any(m => m.ChartId == p.Id)
            && !db.ProtectedCharts.Any(c => c.PatientId == p.Id) && !db.Grants.Any(g => g.PatientId == p.Id)).OrderBy(p => p.Id).Select(p => p.Id).FirstAsync();
    });

    [Fact]
    public async Task news_that_was_on_its_way_for_the_absorbed_chart_lands_on_the_one_that_stays()
    {
        await app.Join(clerk, aisha, maria);
        var before = (await (await app.SignInAs("maria")).See("/api/v1/patients/me/results?limit=100")).GetProperty("items").EnumerateArray().Select(r => r.Text("id")).ToHashSet();
        var observation = Encoding.UTF8.GetBytes("""{"resourceType":"Observation","id":"late-1","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2345-7"}],"text":"Glucose"},"subject":{"reference":"Patient/late"},"effectiveDateTime":"2026-11-22T09:00:00-05:00","valueQuantity":{"value":91,"unit":"mg/dL"}}""");
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            db.Announce(new ResourcesArrived(Kernel.Data.Ids.New(app.Clock), Kernel.Data.Ids.New(app.Clock), "records", aisha, "late-lab", [new("Observation", "late-1", observation)]), aisha);
            await db.Save(default);
            return 0;
        });
        await app.CourierIsIdle();
        (await (await app.SignInAs("maria")).See("/api/v1/patients/me/results?limit=100")).GetProperty("items").EnumerateArray().Select(r => r.Text("id")).Except(before).Count().ShouldBe(1);
        (await app.RowsOf(aisha)).ShouldAllBe(t => t.Value == 0);
    }

    [Fact]
    public async Task what_both_sources_send_later_lands_on_the_chart_that_stays()
    {
        foreach (var (id, day) in new[] { ("one", "03"), ("two", "04") }) await Import(Patient(id, day), Observation($"{id}-1", id));
        var charts = await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().PatientResources.Where(r => r.Source == "merge-lab").ToDictionary(r => r.Reference, r => r.PatientId)));
        var (one, two) = (charts["Patient/one"], charts["Patient/two"]);
        one.ShouldNotBe(two);
        clerk = await app.Clerk();
        var merge = await app.Join(clerk, two, one);

        // Both references, with the Patient and without; an update of what moved, too.
        await Import(Patient("two", "04"), Observation("two-2", "two"));
        await Import(Observation("two-3", "two"), Observation("one-2", "one"), Observation("two-1", "two", value: 92));
        (await app.RowsOf(one))["records_results"].ShouldBe(5);
        (await app.RowsOf(two)).ShouldAllBe(t => t.Value == 0);
        (await app.Query("SELECT id FROM identity_patients WHERE family_name LIKE 'Merging%'")).Count.ShouldBe(2);

        // Undone, what had moved goes back as it is now; what came since stays.
        clerk = await app.Clerk();
        (await clerk.Undo(merge)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.CourierIsIdle();
        ((await app.RowsOf(one))["records_results"], (await app.RowsOf(two))["records_results"]).ShouldBe((4, 1));

        async Task Import(params string[] resources)
        {
            var content = new StringContent($$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', resources.Select(r => $$"""{"resource":{{r}}}"""))}}]}""", Encoding.UTF8, "application/fhir+json");
            var answer = await clerk.PostAsync("/api/v1/staff/import?source=merge-lab", content);
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
            await app.CourierIsIdle();
            (await app.Query("SELECT element, reason FROM interop_arrived_items WHERE outcome = 'Quarantined'")).ShouldBeEmpty();
        }

        static string Patient(string id, string day) => $$"""
            {"resourceType":"Patient","id":"{{id}}","identifier":[{"system":"urn:test:merge","value":"{{id}}"}],"name":[{"family":"Merging{{id}}","given":["Ida"]}],"gender":"female","birthDate":"1980-05-{{day}}"}
            """;
        static string Observation(string id, string patient, int value = 91) => $$"""
            {"resourceType":"Observation","id":"{{id}}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2345-7"}],"text":"Glucose"},"subject":{"reference":"Patient/{{patient}}"},"effectiveDateTime":"2026-11-01T09:00:00-05:00","valueQuantity":{"value":{{value}},"unit":"mg/dL"} }
            """;
    }

    [Fact]
    public async Task nothing_is_joined_with_a_chart_that_was_absorbed()
    {
        var daughter = await app.Daughter();
        var (first, second) = (await app.Pair(clerk, maria, aisha), await app.Pair(clerk, aisha, daughter));
        (await clerk.Merge(first, maria)).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var survivor in new[] { aisha, daughter }) (await (await clerk.Merge(second, survivor)).Code()).ShouldBe("already_merged");
        (await (await clerk.Merge(first, aisha)).Code()).ShouldBe("already_merged");
        (await clerk.See($"/api/v1/staff/duplicates/{second}")).Text("whyNot").ShouldNotBeNull();
        (await clerk.See("/api/v1/staff/duplicates")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task the_pages_lead_from_two_numbers_to_one_chart_and_the_reason_stays_with_the_clinic()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = clerk.DefaultRequestHeaders.Authorization;
        var noted = await browser.Send("/staff/duplicates/new", await browser.Page("/staff/duplicates/new"), "note", ("Form.One", await app.ChartNumberOf("maria")), ("Form.Other", await app.ChartNumberOf("aisha")));
        var pair = noted.Headers.Location!.ToString();
        var page = await browser.Page(pair + "/merge");
        (await (await browser.Send(pair + "/merge", page, "merge")).Page()).Body!.TextContent.ShouldContain("Choose the chart that stays.");
        var merged = await browser.Send(pair + "/merge", page, "merge", ("Form.Survivor", maria.ToString()), ("Form.Reason", "Her sister said so 4711"));
        merged.Headers.Location!.ToString().ShouldEndWith($"/staff/patients/{maria}");

        var log = await (await app.SignInAs("maria")).GetStringAsync("/api/v1/patients/me/access-log?limit=100");
        log.ShouldContain("Joined this record");
        log.ShouldNotContain("4711");
        (await (await app.SignInAs("admin")).GetStringAsync($"/api/v1/staff/audit?patient={maria}&purpose=merge")).ShouldContain("4711");
        (await app.Query("SELECT reason FROM identity_chart_merges"))[0].ShouldNotContain(Convert.ToHexString("4711"u8), Case.Insensitive);
    }

    [Fact]
    public async Task of_two_merges_of_the_same_charts_at_once_one_wins()
    {
        var pair = await app.Pair(clerk, maria, aisha);
        var both = await Task.WhenAll(clerk.Merge(pair, maria), clerk.Merge(pair, aisha));
        both.Select(b => b.StatusCode).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
        (await both.Single(b => b.StatusCode is HttpStatusCode.Conflict).Code()).ShouldBe("already_merged");
        await app.CourierIsIdle();
        (await app.Query("SELECT id FROM identity_chart_merges")).Count.ShouldBe(1);
        (await app.Query("SELECT id FROM identity_patients WHERE merged_into_id IS NOT NULL")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task one_deceased_and_one_not_are_not_joined()
    {
        await app.Inside(async s => { var db = s.GetRequiredService<IdentityDb>(); db.Patients.Single(p => p.Id == aisha).IsDeceased = true; await db.Save(default); return 0; });
        (await (await clerk.Merge(await app.Pair(clerk, maria, aisha), maria)).Code()).ShouldBe("one_deceased");
        (await app.Query("SELECT id FROM identity_chart_merges")).ShouldBeEmpty();
    }

    [Fact]
    public async Task R38_nobody_joins_their_own_chart_or_one_that_is_closed_to_them_and_the_stricter_protection_holds_afterwards()
    {
        var officer = await app.SignInAs("privacy");
        var pair = await app.Pair(clerk, maria, aisha);
        (await officer.Protect(aisha.ToString())).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await clerk.Merge(pair, maria)).Code()).ShouldBe("chart_protected");
        (await (await clerk.GetAsync($"/api/v1/staff/duplicates/{pair}")).Code()).ShouldBe("chart_protected");
        (await clerk.Break(aisha.ToString())).IsSuccessStatusCode.ShouldBeTrue();
        (await clerk.Merge(pair, maria)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.SignInAs("nurse")).Opens(maria.ToString())).ShouldBe(HttpStatusCode.Forbidden);
        (await officer.Protect(maria.ToString(), false)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.SignInAs("nurse")).Opens(maria.ToString())).ShouldBe(HttpStatusCode.OK);

        var unheld = await Unheld();
        var own = await app.Pair(clerk, maria, unheld);
        await app.Inside(async s => { var db = s.GetRequiredService<IdentityDb>(); db.StaffMembers.Single(m => db.Accounts.Any(a => a.Id == m.Id && a.UserNameKey == "records")).ChartId = unheld; await db.Save(default); return 0; });
        (await (await clerk.Merge(own, maria)).Code()).ShouldBe("own_chart");
    }

    [Fact]
    public async Task open_codes_and_invitations_of_the_absorbed_chart_stop_working()
    {
        var unheld = await Unheld();
        var desk = await app.SignInAs("frontdesk");
        var code = (await (await desk.PostAsync($"/api/v1/staff/patients/{unheld}/activation-code", null)).Json()).EnumerateObject().First(p => p.Value.ValueKind is JsonValueKind.String).Value.GetString();
        await app.Join(clerk, unheld, maria);
        var answer = await app.Anonymous().PostAsJsonAsync("/api/v1/activation", new { activationCode = code, dateOfBirth = await app.BirthDateOf(unheld), username = "late.comer", password = "four unrelated words together", email = "late@example.org" });
        answer.StatusCode.ShouldNotBe(HttpStatusCode.Created);
        (await app.Query("SELECT id FROM identity_activation_codes WHERE revoked_at IS NULL AND used_at IS NULL")).ShouldBeEmpty();
    }

    [Fact]
    public async Task two_visits_at_one_time_both_stay()
    {
        // Each has one at that time, with providers of their own.
        var visits = (await app.Query("SELECT id, patient_id, provider_id FROM scheduling_appointments WHERE provider_id IS NOT NULL ORDER BY id")).ConvertAll(v => v.Split('|').Select(Guid.Parse).ToList());
        var hers = visits.First(v => v[1] == maria);
        var others = visits.First(v => v[1] == aisha && v[2] != hers[2]);
        await app.Database.Execute("UPDATE scheduling_appointments SET holds_time = @no", default, ("no", false));
        foreach (var (visit, minutes) in new[] { (hers, 0), (others, 10) })
            await app.Database.Execute("UPDATE scheduling_appointments SET holds_time = @yes, starts_at = @start, ends_at = @end WHERE id = @id", default, ("yes", true), ("id", visit[0]),
                ("start", Instants.Write(app.Clock.GetUtcNow().AddDays(3).AddMinutes(minutes))), ("end", Instants.Write(app.Clock.GetUtcNow().AddDays(3).AddMinutes(minutes + 20))));
        var before = await app.ModuleRows();

        var merge = await app.Join(clerk, aisha, maria);
        (await app.RowsOf(aisha)).ShouldAllBe(t => t.Value == 0);
        (await app.Query("SELECT id FROM scheduling_appointments WHERE may_overlap")).Count.ShouldBe(1);
        (await clerk.Undo(merge)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.CourierIsIdle();
        (await app.ModuleRows())["scheduling_appointments"].ShouldBe(before["scheduling_appointments"]);
    }

    [Fact]
    public async Task without_a_reason_a_survivor_of_the_pair_a_fresh_proof_or_the_permission_nothing_is_joined()
    {
        var pair = await app.Pair(clerk, maria, aisha);
        (await (await clerk.Merge(pair, maria, " ")).FieldErrors("reason")).ShouldNotBeEmpty();
        (await (await clerk.Merge(pair, await app.Daughter())).FieldErrors("survivor")).ShouldNotBeEmpty();
        (await clerk.Merge(Guid.CreateVersion7(), maria)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var other in new[] { "nurse", "frontdesk", "admin", "privacy" }) (await (await app.SignInAs(other)).Merge(pair, maria)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, other);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await (await clerk.Merge(pair, maria)).Code()).ShouldBe("step_up_required");
        (await app.Query("SELECT id FROM identity_chart_merges")).ShouldBeEmpty();
    }
}
