namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class ReportPhoneTests : IAsyncLifetime
{
    const string New = "+1 212 555 0177";

    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static Task<HttpResponseMessage> Report(HttpClient client, string? phone = New) => client.PostAsJsonAsync("/api/v1/me/phone", new { phone });

    [Fact]
    public async Task the_number_counts_once_staff_confirmed_it()
    {
        var maria = await app.SignedIn("maria");
        var before = (await maria.See("/api/v1/patients/me")).Text("phone");
        (await Report(maria)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await maria.See("/api/v1/me/phone")).Text("reported").ShouldBe(New);
        (await maria.See("/api/v1/patients/me")).Text("phone").ShouldBe(before);
        (await app.WasTold(await app.EmailOf("maria"), "your phone number is another now")).ShouldBeTrue();

        var desk = await app.SignInAs("frontdesk");
        var id = (await desk.See("/api/v1/staff/contacts")).GetProperty("items").EnumerateArray().Single(i => i.Text("value") == New).GetProperty("id").GetGuid();
        (await desk.PostAsync($"/api/v1/staff/contacts/{id}/confirm", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await maria.See("/api/v1/patients/me")).Text("phone").ShouldBe(New);
        (await maria.See("/api/v1/me/phone")).GetProperty("reported").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task it_wants_a_recent_proof_and_is_limited()
    {
        var maria = await app.SignedIn("maria");
        foreach (var n in new[] { 1, 2, 3 }) (await Report(maria, $"+1 212 555 010{n}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Report(maria)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await (await app.SignInAs("frontdesk")).See("/api/v1/staff/contacts")).GetProperty("items").EnumerateArray().Count(i => i.Text("value")!.Contains("555 010", StringComparison.Ordinal)).ShouldBe(1);
        app.Wait(TimeSpan.FromMinutes(11));
        (await (await Report(maria)).Code()).ShouldBe("step_up_required");
    }

    [Fact]
    public async Task what_is_no_number_is_refused_beside_the_field_and_staff_have_none_here()
    {
        var maria = await app.SignedIn("maria");
        foreach (var wrong in new[] { null, "", "12", "call me", new string('1', 50), "<script>5551234567" }) (await (await Report(maria, wrong)).FieldErrors("phone")).ShouldNotBeEmpty();
        (await (await Report(await app.SignInAs("nurse", fresh: true))).Code()).ShouldBe("no_chart");
    }

    [Fact]
    public async Task the_page_says_that_the_portal_cannot_check_it()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = (await app.SignedIn("maria")).DefaultRequestHeaders.Authorization;
        var page = await browser.Page("/account/phone");
        page.Body!.TextContent.ShouldContain("can’t check a number");
        (await browser.Send("/account/phone", page, "report", ("Form.Phone", New))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await browser.Page("/account/phone")).Body!.TextContent.ShouldContain("Not confirmed yet");
    }
}
