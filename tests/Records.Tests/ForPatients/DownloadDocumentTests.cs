using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForPatients;

public class DownloadDocumentTests(PortalApp app)
{
    async Task<string> File(string content, string status = "current", params (string, string, string)[] more)
    {
        var (source, name) = (Fresh("ehr"), Fresh("Letter"));
        await app.Arrives(await app.ChartOf("james"), source,
            [("DocumentReference", Fresh(), $$"""{"resourceType":"DocumentReference","status":"{{status}}","date":"2026-11-20T08:00:00Z","type":{"text":"{{name}}"},"subject":{"reference":"Patient/p"},"content":[{"attachment":{{content}}}]}"""), .. more]);
        return (await app.Rows(db => db.Resources.Where(r => r.Source == source && r.Type == "DocumentReference").Select(r => r.Id).SingleAsync(Ct))).ToString();
    }

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    [Fact]
    public async Task a_pdf_is_saved_and_never_opened_in_place()
    {
        var id = await File($$"""{"contentType":"application/pdf","data":"{{Base64("%PDF-1.7 x")}}"}""");
        var answer = await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/me/documents/{id}/content/0", Ct);
        (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType, await answer.Content.ReadAsStringAsync(Ct)).ShouldBe((HttpStatusCode.OK, "application/pdf", "%PDF-1.7 x"));
        answer.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment; filename=document-2026-11-20.pdf");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
    }

    [Fact]
    public async Task html_goes_out_as_plain_bytes()
    {
        var id = await File($$"""{"contentType":"text/html","data":"{{Base64("<script>alert(1)</script>")}}"}""");
        var answer = await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/me/documents/{id}/content/0", Ct);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
    }

    [Fact]
    public async Task content_may_stand_in_a_binary()
    {
        var binary = Fresh("bin");
        var id = await File($$"""{"contentType":"text/plain","url":"Binary/{{binary}}"}""", more: ("Binary", binary, $$"""{"resourceType":"Binary","id":"{{binary}}","contentType":"text/plain","data":"{{Base64("Good news")}}"}"""));
        (await (await app.SignInAs("james")).GetStringAsync($"/api/v1/patients/me/documents/{id}/content/0", Ct)).ShouldBe("Good news");
    }

    [Fact]
    public async Task what_is_not_here_not_shown_or_not_yours_is_not_found()
    {
        var james = await app.SignInAs("james");
        var elsewhere = await File("""{"contentType":"application/pdf","url":"https://other.example/file.pdf"}""");
        var mistaken = await File($$"""{"contentType":"text/plain","data":"{{Base64("x")}}"}""", "entered-in-error");
        var mine = await File($$"""{"contentType":"text/plain","data":"{{Base64("x")}}"}""");
        foreach (var path in new[] { $"{elsewhere}/content/0", $"{mistaken}/content/0", $"{mine}/content/7", $"{Guid.CreateVersion7()}/content/0" })
            (await james.GetAsync($"/api/v1/patients/me/documents/{path}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/me/documents/{mine}/content/0", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
