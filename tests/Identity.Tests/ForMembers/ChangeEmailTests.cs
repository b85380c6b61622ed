using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class ChangeEmailTests : IAsyncLifetime
{
    const string New = "maria.new@example.org";

    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static Task<HttpResponseMessage> Ask(HttpClient client, string? email = New) => client.PostAsJsonAsync("/api/v1/me/email", new { email });

    Task<HttpResponseMessage> Confirm(string token) => app.Anonymous().PostAsJsonAsync("/api/v1/email/confirm", new { token });

    [Fact]
    public async Task the_address_changes_when_the_link_is_used_not_before()
    {
        var (maria, old) = (await app.SignedIn("maria"), await app.EmailOf("maria"));
        (await Ask(maria)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await app.EmailOf("maria")).ShouldBe(old);
        (await maria.See("/api/v1/me/account")).Text("pendingEmail").ShouldBe(New);
        (await app.WasTold(old, "A change of your e-mail address was asked for")).ShouldBeTrue();

        (await Confirm(await app.LinkTo(New, "/confirm-email"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var account = await maria.See("/api/v1/me/account");
        account.Text("email").ShouldBe(New);
        account.GetProperty("pendingEmail").ValueKind.ShouldBe(JsonValueKind.Null);
        // The chart follows, and so does the mail.
        (await maria.See("/api/v1/patients/me")).Text("email").ShouldBe(New);
    }

    [Fact]
    public async Task it_wants_a_recent_proof()
    {
        var maria = await app.SignedIn("maria");
        app.Wait(TimeSpan.FromMinutes(11));
        (await (await Ask(maria)).Code()).ShouldBe("step_up_required");
    }

    [Fact]
    public async Task a_new_wish_replaces_the_one_before_and_a_withdrawn_one_is_dead()
    {
        var maria = await app.SignedIn("maria");
        await Ask(maria);
        var first = await app.LinkTo(New, "/confirm-email");
        await Ask(maria, "maria.other@example.org");
        (await (await Confirm(first)).Code()).ShouldBe("link_refused");

        var second = await app.LinkTo("maria.other@example.org", "/confirm-email");
        (await maria.PostAsync("/api/v1/me/email/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await Confirm(second)).Code()).ShouldBe("link_refused");
        (await maria.See("/api/v1/me/email")).GetProperty("pending").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task a_link_sent_again_kills_the_one_before_and_is_limited()
    {
        var maria = await app.SignedIn("maria");
        await Ask(maria);
        var first = await app.LinkTo(New, "/confirm-email");
        (await maria.PostAsync("/api/v1/me/email/resend", null)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        app.Wait(EmailChange.SendEvery);
        (await maria.PostAsync("/api/v1/me/email/resend", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await Confirm(first)).Code()).ShouldBe("link_refused");
        var second = await app.LinkTo(New, "/confirm-email");
        second.ShouldNotBe(first);
        (await Confirm(second)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task nobodys_mailbox_is_a_target()
    {
        var maria = await app.SignedIn("maria");
        for (var n = 0; n < EmailChange.MostADay; n++) (await Ask(maria, $"victim@example.org")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Ask(maria, "somebody.else@example.org")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        // Nor may somebody else go on with the same address.
        (await Ask(await app.SignedIn("aisha"), "VICTIM@example.org")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task R33_a_teens_address_that_is_a_guardians_waits_for_the_clinic()
    {
        var daughter = await app.Daughter();
        await app.Born(daughter, DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime).AddYears(-15));
        var james = await app.EmailOf("james");
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            var aisha = db.Accounts.Single(a => a.UserNameKey == "maria");
            db.Add(new Account { Id = Guid.CreateVersion7(), Kind = AccountKind.Patient, UserName = "teen", UserNameKey = "teen", Name = "Teen", Email = "teen@example.org", PasswordHash = aisha.PasswordHash, PatientId = daughter, CreatedAt = app.Clock.GetUtcNow() });
            await db.Save(default);
            return 0;
        });
        var teen = await app.SignedIn("teen");
        var asked = await Ask(teen, james.ToUpperInvariant());
        (await asked.Code()).ShouldBe("needs_clinic");
        (await app.WasTold(james, "Confirm your e-mail address")).ShouldBeFalse();
        var desk = await app.SignInAs("frontdesk");
        var concern = (await desk.See("/api/v1/staff/proxy-concerns")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (await Ask(teen, "teen.own@example.org")).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await desk.PostAsync($"/api/v1/staff/proxy-concerns/{concern.GetProperty("id").GetGuid()}/settle", null);
        (await Ask(teen, james)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task what_is_no_new_address_is_refused_beside_the_field()
    {
        var maria = await app.SignedIn("maria");
        foreach (var wrong in new[] { null, "", "x", "a b@example.org", new string('x', 300) + "@example.org", (await app.EmailOf("maria")).ToUpperInvariant() })
            (await (await Ask(maria, wrong)).FieldErrors("email")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task two_wishes_at_once_leave_one_that_waits()
    {
        var maria = await app.SignedIn("maria");
        var answers = await Task.WhenAll(Ask(maria, "one@example.org"), Ask(maria, "two@example.org"));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Accepted || a.StatusCode == HttpStatusCode.PreconditionFailed);
        (await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().EmailChanges.Count(c => c.OpenFor != null)))).ShouldBe(1);
    }

    [Fact]
    public async Task the_page_shows_what_waits_and_lets_go_of_it()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = (await app.SignedIn("maria")).DefaultRequestHeaders.Authorization;
        (await browser.Send("/account/email", await browser.Page("/account/email"), "change", ("Form.Email", New))).StatusCode.ShouldBe(HttpStatusCode.Found);
        var page = await browser.Page("/account/email");
        page.Body!.TextContent.ShouldContain(New);
        (await browser.Page("/account")).Body!.TextContent.ShouldContain(New);
        (await browser.Send("/account/email", page, "withdraw")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await browser.Page("/account/email")).Body!.TextContent.ShouldNotContain(New);
    }
}
