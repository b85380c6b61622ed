using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class CloseAccountTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static Task<HttpResponseMessage> Close(HttpClient client, bool sure = true) => client.PostAsJsonAsync("/api/v1/me/close", new { sure });

    [Fact]
    public async Task nothing_signs_in_any_more_and_what_it_could_do_for_others_ends()
    {
        var (email, other) = (await app.EmailOf("james"), await app.SignedIn("james"));
        var james = await app.SignedIn("james");
        var said = await james.See("/api/v1/me/closing");
        said.GetProperty("actFor").GetArrayLength().ShouldBe(1);
        (await (await Close(james, sure: false)).FieldErrors("sure")).ShouldNotBeEmpty();

        (await Close(james)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await james.IsOpen()).ShouldBeFalse();
        (await other.IsOpen()).ShouldBeFalse();
        (await app.Anonymous().SignIn("james", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.WasTold(email, "was closed")).ShouldBeTrue();
        var id = await app.AccountOf("james");
        (await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Grants.Any(g => g.AccountId == id && g.RevokedAt == null)))).ShouldBeFalse();
        // Not by a forgotten password or name either.
        await app.Anonymous().PostAsJsonAsync("/api/v1/password/forgot", new { username = "james" });
        await app.Anonymous().PostAsJsonAsync("/api/v1/username/forgot", new { email });
        (await app.MailsTo(email)).ShouldAllBe(m => !m.Contains("Choose a new password", StringComparison.Ordinal) && !m.Contains("Your user names", StringComparison.Ordinal));
    }

    [Fact]
    public async Task grants_that_its_owner_gave_and_the_record_stay()
    {
        var daughter = await app.Daughter();
        var maria = await app.SignedIn("maria");
        var chart = await PortalApp.OwnChart(maria);
        await app.Grant(chart, "aisha", LegalBasis.PatientsWish, relation: "friend");
        (await maria.See("/api/v1/me/closing")).GetProperty("actForMe").GetArrayLength().ShouldBe(1);
        (await Close(maria)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        // Staff who search see that a new code would be needed.
        (await (await app.SignInAs("frontdesk")).See("/api/v1/staff/patients?query=Maria%20Alvarez")).GetProperty("items").EnumerateArray().Single().GetProperty("hasAccount").GetBoolean().ShouldBeFalse();
        (await (await app.SignedIn("aisha")).GetAsync($"/api/v1/patients/{chart}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        daughter.ShouldNotBe(chart);
    }

    [Fact]
    public async Task it_wants_a_recent_proof_and_staff_cannot()
    {
        (await Close(await app.SignInAs("nurse"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var maria = await app.SignedIn("maria");
        app.Wait(TimeSpan.FromMinutes(11));
        (await (await Close(maria)).Code()).ShouldBe("step_up_required");
    }

    [Fact]
    public async Task the_clinic_opens_the_same_account_again_and_its_name_was_never_anybody_elses()
    {
        var maria = await app.SignedIn("maria");
        var (chart, id) = (await PortalApp.OwnChart(maria), await app.AccountOf("maria"));
        await Close(maria);
        var admin = await app.SignInAs("admin");
        (await (await admin.PostAsync($"/api/v1/staff/accounts/{id}/enable", null)).Code()).ShouldBe("account_closed");

        var desk = await app.SignInAs("frontdesk");
        var code = (await (await desk.PostAsync($"/api/v1/staff/patients/{chart}/activation-codes", null)).Json()).Text("activationCode");
        var birth = await app.BirthDateOf(chart);
        var activated = await app.Anonymous().PostAsJsonAsync("/api/v1/activation",
            new { activationCode = code, dateOfBirth = birth, username = "another.name", email = "again@example.org", password = Recovering.Strong });
        activated.StatusCode.ShouldBe(HttpStatusCode.Created, await activated.Content.ReadAsStringAsync());
        (await activated.Json()).GetProperty("userId").GetGuid().ShouldBe(id);
        (await activated.Json()).Text("username").ShouldBe("maria");
        (await app.Anonymous().SignIn("maria", Recovering.Strong)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Anonymous().SignIn("maria", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.WasTold("again@example.org", "is ready")).ShouldBeTrue();
        // And a second code is refused again.
        (await desk.PostAsync($"/api/v1/staff/patients/{chart}/activation-codes", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task the_page_shows_what_ends_and_what_stays()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = (await app.SignedIn("maria")).DefaultRequestHeaders.Authorization;
        var page = await browser.Page("/account/close");
        page.Body!.TextContent.ShouldContain("the clinic has to keep it by law");
        (await (await browser.Send("/account/close", page, "close")).Page()).Body!.TextContent.ShouldContain("Check this box if you are sure.");
        (await browser.Send("/account/close", page, "close", ("Form.Sure", "true"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await app.Anonymous().SignIn("maria", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
