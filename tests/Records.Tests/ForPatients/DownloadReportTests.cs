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

    [Fact]
    public async Task R28_a_download_in_progress_breaks_off_when_the_proxys_access_ends()
    {
        await using var own = await PortalApp.New();
        var (maria, james) = (await own.SignInAs("maria"), await own.SignInAs("james"));
        var (chart, account) = (await PortalApp.OwnChart(maria), (await james.Json("/api/v1/me")).GetProperty("userId").GetGuid());
        var source = Fresh("ehr");
        var large = new byte[4 << 20];
        await own.Arrives(await own.ChartOf("maria"), source, Report(Fresh(), [], name: "Scan", more: $",\"presentedForm\":[{{\"contentType\":\"application/pdf\",\"data\":\"{Convert.ToBase64String(large)}\"}}]"));
        var id = await own.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.Id).SingleAsync(Ct));
        await own.Database.Execute("""
            INSERT INTO identity_grants (id, patient_id, account_id, relation, scopes, starts_at, ends_at, version)
            VALUES (@id, @patient, @account, 'friend', 'records', @start, NULL, 0)
            """, Ct, ("id", Guid.CreateVersion7()), ("patient", chart), ("account", account), ("start", PatientPortal.Kernel.Data.Instants.Write(own.Clock.GetUtcNow().AddDays(-1))));

        (await james.GetByteArrayAsync($"/api/v1/patients/{chart}/results/{id}/content/0", Ct)).Length.ShouldBe(large.Length, "While it lasts, all of it comes.");

        using var answer = await james.GetAsync($"/api/v1/patients/{chart}/results/{id}/content/0", HttpCompletionOption.ResponseHeadersRead, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var body = await answer.Content.ReadAsStreamAsync(Ct);
        var piece = new byte[1024];
        (await body.ReadAsync(piece, Ct)).ShouldBeGreaterThan(0);
        var grant = (await maria.Json("/api/v1/me/account")).GetProperty("grants").EnumerateArray().Single(g => g.Text("relation") is "friend").Text("id");
        (await maria.PostAsync($"/api/v1/patients/me/proxies/{grant}/revoke", null, Ct)).EnsureSuccessStatusCode();

        var read = 0;
        await Should.ThrowAsync<Exception>(async () =>
        {
            int got;
            while ((got = await body.ReadAsync(piece, Ct)) > 0) read += got;
            if (read + 1024 < large.Length) throw new IOException("It ended early without a word.");
        });
        read.ShouldBeLessThan(large.Length / 2);
        (await james.GetAsync($"/api/v1/patients/{chart}/results/{id}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
