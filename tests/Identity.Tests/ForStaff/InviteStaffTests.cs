namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class InviteStaffTests(PortalApp app) : IClassFixture<PortalApp>
{
    static Task<HttpResponseMessage> Invite(HttpClient by, string? name, string? email, string? role) => by.PostAsJsonAsync("/api/v1/staff/invitations", new { name, email, role });

    [Fact]
    public async Task an_administrator_invites_and_the_mail_names_no_patient_and_no_role()
    {
        var answer = await Invite(await app.SignInAs("admin"), "Ida Novak, RN", "ida.novak@example.org", "Nurse");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await answer.Json()).GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(app.Clock.GetUtcNow().AddDays(7));
        await app.CourierIsIdle();
        await app.RunJob("send-notices");
        var mail = app.Mailbox().Last(m => m.Contains("ida.novak@example.org"));
        mail.ShouldContain("An invitation from Riverside Clinic");
        mail.ShouldNotContain("Nurse");
        mail.ShouldNotContain("Novak, RN");
    }

    [Theory]
    [InlineData(null, "a@example.org", "Nurse", "name")]
    [InlineData("A", "not an address", "Nurse", "email")]
    [InlineData("A", "a@example.org\r\nBcc: b@example.org", "Nurse", "email")]
    [InlineData("A", "a@example.org", "Owner", "role")]
    [InlineData("A", "a@example.org", null, "role")]
    public async Task what_is_wrong_is_said_beside_the_field(string? name, string? email, string? role, string field) =>
        (await (await Invite(await app.SignInAs("admin"), name, email, role)).FieldErrors(field)).ShouldNotBeEmpty();

    [Theory, InlineData("drlee"), InlineData("frontdesk"), InlineData("privacy"), InlineData("records"), InlineData("maria")]
    public async Task nobody_else_invites(string who) => (await Invite(await app.SignInAs(who), "A", "a@example.org", "Nurse")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task the_page_sends_one()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = (await app.SignInAs("admin")).DefaultRequestHeaders.Authorization;
        var sent = await browser.Send("/staff/invitations/new", await browser.Page("/staff/invitations/new"), "invite", ("Form.Name", "Otto Page"), ("Form.Email", "otto@example.org"), ("Form.Role", "Records"));
        sent.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetStringAsync("/staff/invitations")).ShouldContain("Otto Page");
    }
}
