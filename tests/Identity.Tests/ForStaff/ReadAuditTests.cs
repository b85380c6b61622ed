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
}
