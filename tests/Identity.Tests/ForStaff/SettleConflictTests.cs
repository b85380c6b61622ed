using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class SettleConflictTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient desk = null!;
    Guid daughter;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        desk = await app.SignInAs("frontdesk");
        daughter = await app.Daughter();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<HttpStatusCode> Seen(string by) => (await (await app.SignInAs(by)).GetAsync($"/api/v1/patients/{daughter}")).StatusCode;

    [Fact]
    public async Task R35_a_conflict_freezes_both_but_for_what_a_court_ordered_and_settled_all_is_as_before()
    {
        await app.Grant(daughter, "aisha", LegalBasis.CourtOrder, "appointments");
        (await desk.PutAsJsonAsync($"/api/v1/staff/patients/{daughter}/conflict", new { inConflict = true, reason = "Each asks to shut the other out." })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Seen("james"), await Seen("aisha")).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.OK));
        var paper = new { username = "maria", relation = "parent", scopes = Proxies.All, basis = "parental-responsibility", fileName = "a.pdf", document = "%PDF-1"u8.ToArray() };
        (await (await desk.PostAsJsonAsync($"/api/v1/staff/patients/{daughter}/proxies", paper)).Code()).ShouldBe("in_conflict");

        (await desk.PutAsJsonAsync($"/api/v1/staff/patients/{daughter}/conflict", new { inConflict = false })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Seen("james")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_conflict_needs_words_and_the_permission()
    {
        (await (await desk.PutAsJsonAsync($"/api/v1/staff/patients/{daughter}/conflict", new { inConflict = true })).FieldErrors("reason")).ShouldNotBeEmpty();
        (await (await app.SignInAs("pharmacist")).PutAsJsonAsync($"/api/v1/staff/patients/{daughter}/conflict", new { inConflict = true, reason = "x" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task the_page_offers_what_can_be_done_now_and_says_since_when()
    {
        using var browser = app.Browser();
        await browser.SignInStaff(app, "frontdesk");
        var path = $"/staff/patients/{daughter}/conflict";
        var before = await browser.Page(path);
        before.Body!.TextContent.ShouldContain("Freeze all access");
        before.Body.TextContent.ShouldNotContain("The conflict is settled");
        (await (await browser.Send(path, before, "begin", ("Form.Reason", ""))).Page()).Body!.TextContent.ShouldContain("Write what you know of it.");

        (await desk.PutAsJsonAsync($"/api/v1/staff/patients/{daughter}/conflict", new { inConflict = true, reason = "Each asks to shut the other out." })).EnsureSuccessStatusCode();
        var during = await browser.Page(path);
        during.Body!.TextContent.ShouldContain("Each asks to shut the other out.");
        during.Body.TextContent.ShouldNotContain("Freeze all access");
        (await desk.See($"/api/v1/staff/patients/{daughter}/conflict")).Text("since")!.ShouldStartWith("2026-11-23T");
        (await browser.Send(path, during, "settled")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await desk.See($"/api/v1/staff/patients/{daughter}/conflict")).GetProperty("since").ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
