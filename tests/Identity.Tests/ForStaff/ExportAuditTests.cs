namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ExportAuditTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_part_that_was_asked_for_and_that_it_left_is_in_the_trail()
    {
        using var admin = await app.SignInAs("admin");
        using var nurse = await app.SignInAs("nurse");
        var chart = await PortalApp.OwnChart(await app.SignInAs("maria"));
        for (var i = 0; i < 3; i++) await nurse.See($"/api/v1/staff/patients/{chart}");
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        var answer = await admin.GetAsync($"/api/v1/staff/audit/export?patient={chart}&action=read");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        answer.Content.Headers.ContentDisposition!.FileName!.ShouldStartWith("audit-2026-11-23-");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("record,at,actor_id,actor,role");
        lines.Length.ShouldBeGreaterThan(3);
        lines.Skip(1).ShouldAllBe(l => l.Contains(chart.ToString()) && l.Contains(",read,"));
        lines.Skip(1).ShouldContain(l => l.Contains("Nurse"));

        (await admin.See($"/api/v1/staff/audit?patient={chart}&action=execute")).GetProperty("items").EnumerateArray()
            .ShouldContain(l => l.Text("says") == "Downloaded a part of the audit trail");
    }

    [Fact]
    public async Task a_name_that_a_spreadsheet_would_run_is_only_text()
    {
        await using var alone = await PortalApp.New();
        await alone.Inside(async services =>
        {
            await services.GetRequiredService<PatientPortal.Kernel.Auditing.AuditTrail>().Write(new PatientPortal.Kernel.Auditing.AuditDraft
            {
                ActorKind = PatientPortal.Kernel.Access.ActorKind.Patient, ActorId = Guid.CreateVersion7(), ActorName = "=HYPERLINK(\"http://evil\",\"x\")", ActorRole = "Patient",
                Act = PatientPortal.Kernel.Requests.Act.Read, What = "results", Says = "Looked, \"quoted\"", TraceId = "t",
            }, CancellationToken.None);
            return 0;
        });
        alone.Clock.Advance(TimeSpan.FromSeconds(1));
        var csv = await (await alone.SignInAs("admin")).GetStringAsync("/api/v1/staff/audit/export");
        csv.ShouldContain("'=HYPERLINK");
        csv.ShouldContain("\"Looked, \"\"quoted\"\"\"");
    }

    [Fact]
    public async Task whoever_may_not_read_it_may_not_take_it_along() =>
        (await (await app.SignInAs("nurse")).GetAsync("/api/v1/staff/audit/export")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task a_period_that_ends_before_it_begins_is_explained() =>
        (await (await app.SignInAs("admin")).GetAsync("/api/v1/staff/audit/export?from=2026-11-23&to=2026-11-22")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
}
