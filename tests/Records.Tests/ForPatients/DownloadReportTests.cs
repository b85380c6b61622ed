using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForPatients;

public class DownloadReportTests(PortalApp app)
{
    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    async Task<string> Result(string status = "final", string form = """{"contentType":"application/pdf","data":"JVBERi0xLjcgeA=="}""")
    {
        var source = Fresh("ehr");
        await app.Arrives(await app.ChartOf("james"), source, Report(Fresh(), [], status: status, name: Fresh("Pathology"), more: $",\"presentedForm\":[{form}]"));
        return (await app.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.Id).SingleAsync(Ct))).ToString();
    }

    [Fact]
    public async Task the_laboratorys_pdf_is_saved_and_never_opened_in_place()
    {
        var (james, id) = (await app.SignInAs("james"), await Result());
        var file = (await james.Json($"/api/v1/patients/me/results/{id}")).GetProperty("attachments")[0];
        (file.Text("contentType"), file.Text("number"), file.Text("size")).ShouldBe(("application/pdf", "0", "10"));

        var answer = await james.GetAsync($"/api/v1/patients/me/results/{id}/content/0", Ct);
        (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, await answer.Content.ReadAsStringAsync(Ct)).ShouldBe((HttpStatusCode.OK, "application/pdf", "%PDF-1.7 x"));
        answer.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment; filename=report-2026-11-20.pdf");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
    }

    [Fact]
    public async Task it_is_in_the_access_log()
    {
        var (james, id) = (await app.SignInAs("james"), await Result());
        await james.GetAsync($"/api/v1/patients/me/results/{id}/content/0", Ct);
        (await james.Json("/api/v1/patients/me/access-log?limit=100")).Items().ShouldContain(i => i.Text("what") == "Downloaded the report of a test result");
    }

    [Fact]
    public async Task words_that_are_shown_are_not_a_file_too()
    {
        var (james, id) = (await app.SignInAs("james"), await Result(form: $$"""{"contentType":"text/plain","data":"{{Base64("Fine.")}}"}"""));
        var result = await james.Json($"/api/v1/patients/me/results/{id}");
        result.Text("words").ShouldBe("Fine.");
        result.TryGetProperty("attachments", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task html_goes_out_as_plain_bytes()
    {
        var id = await Result(form: $$"""{"contentType":"text/html","data":"{{Base64("<script>alert(1)</script>")}}"}""");
        (await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/me/results/{id}/content/0", Ct)).Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
    }

    [Fact]
    public async Task what_is_held_unfinished_cancelled_or_not_yours_is_not_found()
    {
        var (james, doctor, chart) = (await app.SignInAs("james"), await app.SignInAs("drlee"), await app.ChartOf("james"));
        var held = await Result();
        (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{held}/hold", new { reason = "To be told in person", until = app.Clock.GetUtcNow().AddDays(3) }, Ct)).EnsureSuccessStatusCode();
        foreach (var id in new[] { held, await Result("preliminary"), await Result("cancelled"), Guid.CreateVersion7().ToString() })
            (await james.GetAsync($"/api/v1/patients/me/results/{id}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound, id);
        var mine = await Result();
        (await james.GetAsync($"/api/v1/patients/me/results/{mine}/content/7", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/me/results/{mine}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{chart}/results/{mine}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
