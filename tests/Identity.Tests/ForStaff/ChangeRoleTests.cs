namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ChangeRoleTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient admin = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        admin = await app.SignInAs("admin");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<string> Member(string name) =>
        (await admin.See($"/api/v1/staff/accounts?query={name}")).GetProperty("items").EnumerateArray().Single(a => a.Text("username") == name).Text("id")!;

    static Task<HttpResponseMessage> Give(HttpClient by, string member, string? role) => by.PutAsJsonAsync($"/api/v1/staff/members/{member}/role", new { role });

    [Fact]
    public async Task a_new_role_holds_from_the_next_request_on_and_the_old_one_is_kept()
    {
        using var nurse = await app.SignInAs("nurse");
        (await nurse.GetAsync("/api/v1/staff/results")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var id = await Member("nurse");
        (await Give(admin, id, "FrontDesk")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await nurse.GetAsync("/api/v1/staff/results")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await nurse.GetAsync("/api/v1/staff/appointments")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var seen = await admin.See($"/api/v1/staff/members/{id}/role");
        seen.Text("title").ShouldBe("Front desk");
        var past = seen.GetProperty("history").EnumerateArray().Single();
        (past.Text("from"), past.Text("to"), past.Text("by")).ShouldBe(("Nurse", "Front desk", "Grace Whitfield"));
        var trail = (await admin.See("/api/v1/staff/audit")).GetProperty("items").EnumerateArray();
        trail.ShouldContain(r => r.Text("says") == "Changed a staff member's role" && r.Text("outcome") == "ok");
    }

    [Fact]
    public async Task nobody_changes_their_own_role_and_only_administrators_change_any()
    {
        var answer = await Give(admin, await Member("admin"), "Nurse");
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Code()).ShouldBe("own_role");
        foreach (var who in new[] { "drlee", "privacy", "records" })
            (await Give(await app.SignInAs(who), await Member("nurse"), "Administrator")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, who);
    }

    [Theory]
    [InlineData("Owner")]
    [InlineData("6")]
    [InlineData(null)]
    public async Task what_is_no_role_is_refused_beside_the_field(string? role) => (await (await Give(admin, await Member("nurse"), role)).FieldErrors("role")).ShouldNotBeEmpty();

    [Fact]
    public async Task a_patient_or_nobody_is_not_found()
    {
        (await Give(admin, await Member("maria"), "Nurse")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Give(admin, Guid.CreateVersion7().ToString(), "Nurse")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task two_administrators_who_take_each_others_role_at_once_leave_one()
    {
        (await Give(admin, await Member("drlee"), "Administrator")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var (other, mine, theirs) = (await app.SignInAs("drlee"), await Member("admin"), await Member("drlee"));
        var answers = await Task.WhenAll(Give(admin, theirs, "Nurse"), Give(other, mine, "Nurse"));
        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Forbidden]);
    }

    [Fact]
    public async Task the_page_changes_it_and_shows_what_was()
    {
        var id = await Member("pharmacist");
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = admin.DefaultRequestHeaders.Authorization;
        var page = await browser.Page($"/staff/accounts/{id}/role");
        (await browser.Send($"/staff/accounts/{id}/role", page, "change-role", ("Form.Role", "Records"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetStringAsync($"/staff/accounts/{id}/role")).ShouldContain("Pharmacist to Records");
    }
}
