namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ReadAuditTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task by_patient_by_actor_and_by_period()
    {
        using var admin = await app.SignInAs("admin");
        using var nurse = await app.SignInAs("nurse");
        var chart = await PortalApp.OwnChart(await app.SignInAs("maria"));
        await nurse.See($"/api/v1/staff/patients/{chart}");
        var nurseId = (await nurse.See("/api/v1/me")).Text("userId");

        var about = await admin.See($"/api/v1/staff/audit?patient={chart}");
        about.GetProperty("items").EnumerateArray().ShouldContain(l => l.Text("actorId") == nurseId && l.Text("action") == "read" && l.Text("outcome") == "ok");
        about.GetProperty("items").EnumerateArray().ShouldAllBe(l => l.Text("patientId") == chart.ToString() && l.Text("patientName") == "Maria Alvarez");

        (await admin.See($"/api/v1/staff/audit?actor={nurseId}")).GetProperty("items").EnumerateArray().ShouldAllBe(l => l.Text("actorId") == nurseId);
        (await admin.See("/api/v1/staff/audit?from=2026-11-23&to=2026-11-23")).GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        (await admin.See("/api/v1/staff/audit?to=2026-11-22")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task whoever_reads_the_trail_of_everybody_is_in_it()
    {
        using var admin = await app.SignInAs("admin");
        await admin.See("/api/v1/staff/audit?from=2026-11-01");
        var adminId = (await admin.See("/api/v1/me")).Text("userId");
        (await admin.See($"/api/v1/staff/audit?actor={adminId}&limit=100")).GetProperty("items").EnumerateArray()
            .ShouldContain(l => l.Text("says") == "Read the audit trail" && l.GetProperty("patientId").ValueKind == System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task a_period_that_ends_before_it_begins_is_explained() =>
        (await (await app.SignInAs("admin")).GetAsync("/api/v1/staff/audit?from=2026-11-23&to=2026-11-22")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task a_denial_is_in_the_trail()
    {
        using var nurse = await app.SignInAs("nurse");
        (await nurse.GetAsync("/api/v1/staff/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var lines = await (await app.SignInAs("admin")).See("/api/v1/staff/audit?limit=100");
        lines.GetProperty("items").EnumerateArray().ShouldContain(l => l.Text("outcome") == "forbidden" && l.Text("actorRole") == "Nurse");
    }

    [Fact]
    public async Task by_action_by_outcome_and_by_what_was_out_of_the_ordinary()
    {
        using var admin = await app.SignInAs("admin");
        using var nurse = await app.SignInAs("nurse");
        await nurse.GetAsync("/api/v1/staff/audit");
        var chart = await PortalApp.OwnChart(await app.SignInAs("maria"));
        await nurse.See($"/api/v1/staff/patients/{chart}");

        var refused = (await admin.See("/api/v1/staff/audit?outcome=refused&limit=100")).GetProperty("items");
        refused.GetArrayLength().ShouldBeGreaterThan(0);
        refused.EnumerateArray().ShouldAllBe(l => l.Text("outcome") != "ok");
        var reads = (await admin.See($"/api/v1/staff/audit?patient={chart}&action=read&outcome=ok")).GetProperty("items");
        reads.GetArrayLength().ShouldBeGreaterThan(0);
        reads.EnumerateArray().ShouldAllBe(l => l.Text("action") == "read" && l.Text("outcome") == "ok");
        (await admin.See("/api/v1/staff/audit?purpose=break-glass")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await admin.GetAsync("/api/v1/staff/audit?action=fly")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await admin.GetAsync("/api/v1/staff/audit?action=1")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await admin.GetAsync("/api/v1/staff/audit?cursor=12")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task a_record_says_what_was_touched_from_where_and_what_a_value_was_before()
    {
        await using var alone = await PortalApp.New();
        using var admin = await alone.SignInAs("admin");
        var account = (await admin.See("/api/v1/staff/accounts?query=aisha")).GetProperty("items")[0].Text("id");
        (await admin.PostAsync($"/api/v1/staff/accounts/{account}/disable", null)).EnsureSuccessStatusCode();

        var line = (await admin.See("/api/v1/staff/audit?action=update&limit=1")).GetProperty("items")[0];
        line.Text("subject").ShouldBe($"account/{account}");
        line.Text("door").ShouldBe("api");
        line.Text("server").ShouldNotBeNullOrEmpty();
        Guid.TryParse(line.Text("session"), out _).ShouldBeTrue();
        var change = line.GetProperty("changes").EnumerateArray().Single(c => c.Text("field") == "DisabledAt");
        change.Text("of").ShouldBe($"Account/{account}");
        change.GetProperty("was").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        change.Text("now")!.ShouldStartWith("2026-11-23T");

        await admin.See("/api/v1/staff/patients?query=zzyzx");
        (await admin.See("/api/v1/staff/audit?limit=5")).GetProperty("items").EnumerateArray()
            .ShouldContain(l => l.GetProperty("query").ValueKind == System.Text.Json.JsonValueKind.String && l.Text("query") == "query=zzyzx", "A look-up that finds nobody is in the trail, too.");
        (await DatabaseBytes.Of(alone.Database)).Hold("zzyzx").ShouldBeFalse("What was searched for is sealed.");
    }

    [Fact]
    public async Task secrets_are_named_and_never_told()
    {
        await using var alone = await PortalApp.New();
        using var maria = await alone.SignInAs("maria");
        (await maria.PostAsJsonAsync("/api/v1/me/password", new { password = PortalApp.Password, newPassword = "seven unrelated purple bicycles" })).EnsureSuccessStatusCode();
        var line = (await (await alone.SignInAs("admin")).See("/api/v1/staff/audit?action=update&limit=1")).GetProperty("items")[0];
        var change = line.GetProperty("changes").EnumerateArray().Single(c => c.Text("field") == "PasswordHash");
        (change.GetProperty("was").ValueKind, change.GetProperty("now").ValueKind).ShouldBe((System.Text.Json.JsonValueKind.Null, System.Text.Json.JsonValueKind.Null));
    }

    [Fact]
    public async Task pages_of_it_show_everything_once()
    {
        await using var alone = await PortalApp.New();
        using var nurse = await alone.SignInAs("nurse");
        var chart = await PortalApp.OwnChart(await alone.SignInAs("maria"));
        for (var i = 0; i < 7; i++) await nurse.See($"/api/v1/staff/patients/{chart}");
        using var admin = await alone.SignInAs("admin");
        var (seen, cursor) = (new HashSet<long>(), "");
        do
        {
            // The clock stands still: all of them have one instant.
            var page = await admin.See($"/api/v1/staff/audit?patient={chart}&action=read&to=2026-11-23&limit=3{cursor}");
            foreach (var line in page.GetProperty("items").EnumerateArray().Where(l => l.Text("actorRole") == "Nurse")) seen.Add(line.GetProperty("id").GetInt64()).ShouldBeTrue();
            cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
        } while (cursor is not null);
        seen.Count.ShouldBe(7);
    }
}
