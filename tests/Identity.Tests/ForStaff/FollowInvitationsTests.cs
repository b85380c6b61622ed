namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class FollowInvitationsTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient admin = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        admin = await app.SignInAs("admin");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<string> Invite(string name)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await (await admin.PostAsJsonAsync("/api/v1/staff/invitations", new { name, email = "somebody@example.org", role = "Nurse" })).Json()).Text("id")!;
    }

    async Task<string> Status(HttpClient by, string id) => (await by.See("/api/v1/staff/invitations?limit=100")).GetProperty("items").EnumerateArray().Single(i => i.Text("id") == id).Text("status")!;

    [Fact]
    public async Task the_list_says_how_each_stands_and_comes_by_pages()
    {
        var (one, two) = (await Invite("One"), await Invite("Two"));
        await Invite("Three");
        (await admin.PostAsync($"/api/v1/staff/invitations/{two}/revoke", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        ((await Status(admin, one)), await Status(admin, two)).ShouldBe(("sent", "revoked"));
        var (seen, cursor) = (new List<string>(), "");
        do
        {
            var page = await admin.See($"/api/v1/staff/invitations?limit=1{cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.Text("name")!));
            cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
        }
        while (cursor is not null);
        seen.ShouldBe(["Three", "Two", "One"]);
        app.Clock.Advance(TimeSpan.FromDays(7));
        (await Status(await app.SignInAs("admin", fresh: true), one)).ShouldBe("expired");
        (await admin.GetAsync("/api/v1/staff/invitations?cursor=x")).StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task what_was_taken_back_is_not_sent_again_and_what_is_not_there_is_not_found()
    {
        var id = await Invite("One");
        (await admin.PostAsync($"/api/v1/staff/invitations/{id}/revoke", null)).EnsureSuccessStatusCode();
        (await (await admin.PostAsync($"/api/v1/staff/invitations/{id}/resend", null)).Code()).ShouldBe("invitation_over");
        foreach (var act in new[] { "resend", "revoke" })
        {
            (await admin.PostAsync($"/api/v1/staff/invitations/{Guid.CreateVersion7()}/{act}", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await (await app.SignInAs("privacy")).PostAsync($"/api/v1/staff/invitations/{id}/{act}", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task the_page_sends_again_and_takes_back()
    {
        var id = Guid.Parse(await Invite("One"));
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = admin.DefaultRequestHeaders.Authorization;
        (await browser.Send("/staff/invitations", await browser.Page("/staff/invitations"), $"resend-{id:N}")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.Send("/staff/invitations", await browser.Page("/staff/invitations"), $"revoke-{id:N}")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetStringAsync("/staff/invitations")).ShouldContain("Taken back");
    }
}
