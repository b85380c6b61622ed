namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class SeeRolesTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task every_staff_member_sees_what_each_role_may_do()
    {
        var table = await (await app.SignInAs("nurse")).See("/api/v1/staff/roles");
        var roles = table.GetProperty("roles").EnumerateArray().ToDictionary(r => r.Text("role")!, r => r.GetProperty("permissions").EnumerateArray().Select(p => p.GetString()).ToList());
        roles.Keys.ShouldBe(["Physician", "Nurse", "FrontDesk", "Pharmacist", "Records", "PrivacyOfficer", "Administrator"]);
        roles["PrivacyOfficer"].ShouldBe(["patients", "audit", "privacy"]);
        roles["Administrator"].ShouldNotContain("results");
        table.GetProperty("roles").EnumerateArray().Single(r => r.Text("role") is "Nurse").GetProperty("members").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task the_page_says_it_in_words()
    {
        var page = await (await app.SignInAs("privacy")).GetStringAsync("/staff/roles");
        page.ShouldContain("Privacy officer");
        page.ShouldContain("Read the audit trail");
    }

    [Fact]
    public async Task patients_do_not() => (await (await app.SignInAs("maria")).GetAsync("/api/v1/staff/roles")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    /// <summary>The table is what the doors decide by: each role is tried at a door that it has, and at those it has not.</summary>
    [Theory]
    [InlineData("/api/v1/staff/patients", "drlee", "nurse", "frontdesk", "pharmacist", "records", "privacy", "admin")]
    [InlineData("/api/v1/staff/appointments", "drlee", "nurse", "frontdesk")]
    [InlineData("/api/v1/staff/threads", "drlee", "nurse", "frontdesk", "pharmacist")]
    [InlineData("/api/v1/staff/refill-requests", "drlee", "nurse", "pharmacist")]
    [InlineData("/api/v1/staff/results", "drlee", "nurse")]
    [InlineData("/api/v1/staff/imports", "records", "admin")]
    [InlineData("/api/v1/staff/accounts", "admin")]
    [InlineData("/api/v1/staff/audit", "privacy", "admin")]
    [InlineData("/api/v1/staff/jobs", "admin")]
    public async Task a_door_opens_to_those_whose_role_has_it_and_to_nobody_else(string door, params string[] open)
    {
        foreach (var who in new[] { "drlee", "nurse", "frontdesk", "pharmacist", "records", "privacy", "admin" })
            (await (await app.SignInAs(who)).GetAsync(door)).StatusCode.ShouldBe(open.Contains(who) ? HttpStatusCode.OK : HttpStatusCode.Forbidden, $"{who} at {door}");
    }
}
