using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class GrantProxyTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient desk = null!;
    Guid maria;

    static readonly byte[] Pdf = [.. "%PDF-1.4 a court wrote this"u8];

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        desk = await app.SignInAs("frontdesk");
        maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Give(string basis, byte[]? document, string? username = "aisha", string? email = null, Guid? to = null) =>
        desk.PostAsJsonAsync($"/api/v1/staff/patients/{to ?? maria}/proxies", new { username, name = "Ana", email, relation = "guardian", scopes = new[] { "records" }, basis, fileName = "../../order.pdf", document });

    [Fact]
    public async Task on_papers_somebody_with_an_account_gets_access_at_once_and_the_paper_is_kept()
    {
        (await Give("guardianship", Pdf)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var line = (await desk.See($"/api/v1/staff/patients/{maria}/proxies")).GetProperty("proxies")[0];
        line.Text("basis").ShouldBe("guardianship");
        var paper = await desk.GetAsync($"/api/v1/staff/patients/{maria}/proxy-documents/{line.Text("document")}");
        (await paper.Content.ReadAsByteArrayAsync()).ShouldBe(Pdf);
        paper.Content.Headers.ContentDisposition!.FileName.ShouldBe("document.pdf");
        var other = await app.Daughter();
        (await desk.GetAsync($"/api/v1/staff/patients/{other}/proxy-documents/{line.Text("document")}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Give("guardianship", Pdf)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task somebody_without_an_account_is_invited_on_the_same_basis()
    {
        var daughter = await app.Daughter();
        (await Give("parental-responsibility", Pdf, null, "mother@example.org", daughter)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await app.RunCourierAndPost();
        var mail = Proxies.Plain(app.Mailbox().Single(m => m.Contains("mother@example.org", StringComparison.Ordinal)));
        var token = System.Text.RegularExpressions.Regex.Match(mail, "/invited#([A-Za-z0-9_-]{43})").Groups[1].Value;
        (await (await app.SignInAs("aisha")).Accept(token, await app.BirthDateOf(daughter))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var basis = await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Grants.Where(g => g.PatientId == daughter).Select(g => g.Basis).ToList()));
        basis.ShouldBe([LegalBasis.ParentalResponsibility, LegalBasis.ParentalResponsibility]);
    }

    [Fact]
    public async Task without_a_paper_or_with_something_else_than_it_seems_nothing_is_granted()
    {
        (await (await Give("guardianship", null)).FieldErrors("document")).ShouldNotBeEmpty();
        (await (await Give("guardianship", [.. "<script>alert(1)</script>"u8])).FieldErrors("document")).ShouldNotBeEmpty();
        (await (await Give("guardianship", [.. Pdf, .. new byte[5 << 20]])).FieldErrors("document")).ShouldNotBeEmpty();
        (await (await Give("guardianship", Pdf, "nobody-has-this")).FieldErrors("username")).ShouldNotBeEmpty();
        (await (await Give("guardianship", Pdf, "drlee")).FieldErrors("username")).ShouldNotBeEmpty();
        (await (await Give("guardianship", Pdf, "maria")).FieldErrors("username")).ShouldNotBeEmpty();
        (await (await Give("parental-responsibility", Pdf)).Code()).ShouldBe("of_age");
    }

    [Fact]
    public async Task whose_role_does_not_include_it_grants_nothing()
    {
        (await (await app.SignInAs("pharmacist")).PostAsJsonAsync($"/api/v1/staff/patients/{maria}/proxies", new { })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var full = new { username = "aisha", relation = "guardian", scopes = new[] { "records" }, basis = "guardianship", fileName = "a.pdf", document = Pdf };
        (await (await app.SignInAs("pharmacist")).PostAsJsonAsync($"/api/v1/staff/patients/{maria}/proxies", full)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task R36_for_the_dead_only_a_personal_representative_gets_access_and_it_works()
    {
        await app.Grant(maria, "james", LegalBasis.PatientsWish);
        await app.Inside(async s => { var db = s.GetRequiredService<IdentityDb>(); db.Patients.Single(p => p.Id == maria).IsDeceased = true; await db.Save(default); return 0; });
        (await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/{maria}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await Give("guardianship", Pdf)).Code()).ShouldBe("patient_deceased");
        (await Give("personal-representative", Pdf)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_paper_lies_sealed_in_the_database()
    {
        var marker = "planted-in-the-paper-9137"u8.ToArray();
        (await Give("guardianship", [.. Pdf, .. marker])).StatusCode.ShouldBe(HttpStatusCode.Created);
        var kept = await app.Inside(async s =>
        {
            await using var connection = await app.Database.Open(default);
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT content FROM identity_grant_documents";
            return (byte[])(await command.ExecuteScalarAsync())!;
        });
        kept.AsSpan().IndexOf(marker).ShouldBe(-1);
    }
}
