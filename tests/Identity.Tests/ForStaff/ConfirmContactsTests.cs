namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ConfirmContactsTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<Guid> Reported(HttpClient desk, string phone = "+1 212 555 0177")
    {
        (await (await app.SignedIn("maria")).PostAsJsonAsync("/api/v1/me/phone", new { phone })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return (await desk.See("/api/v1/staff/contacts?limit=100")).GetProperty("items").EnumerateArray().Single(i => i.Text("value") == phone).GetProperty("id").GetGuid();
    }

    [Fact]
    public async Task what_is_put_aside_changes_nothing_and_is_settled_once()
    {
        var desk = await app.SignInAs("frontdesk");
        var id = await Reported(desk);
        (await (await app.SignInAs("nurse")).PostAsync($"/api/v1/staff/contacts/{id}/confirm", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await desk.PostAsync($"/api/v1/staff/contacts/{id}/set-aside", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await desk.PostAsync($"/api/v1/staff/contacts/{id}/confirm", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await desk.PostAsync($"/api/v1/staff/contacts/{Guid.CreateVersion7()}/confirm", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignedIn("maria")).See("/api/v1/patients/me")).Text("phone").ShouldNotBe("+1 212 555 0177");
    }

    [Fact]
    public async Task of_two_who_decide_at_once_one_does()
    {
        var (desk, records) = (await app.SignInAs("frontdesk"), await app.SignInAs("records"));
        var id = await Reported(desk);
        var answers = await Task.WhenAll(desk.PostAsync($"/api/v1/staff/contacts/{id}/confirm", null), records.PostAsync($"/api/v1/staff/contacts/{id}/set-aside", null));
        answers.Count(a => a.StatusCode is HttpStatusCode.NoContent).ShouldBe(1);
    }

    [Fact]
    public async Task the_page_confirms()
    {
        var desk = await app.SignInAs("frontdesk");
        var id = await Reported(desk);
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = desk.DefaultRequestHeaders.Authorization;
        (await browser.Send("/staff/contacts", await browser.Page("/staff/contacts"), $"confirm-{id:N}")).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await (await app.SignedIn("maria")).See("/api/v1/patients/me")).Text("phone").ShouldBe("+1 212 555 0177");
    }
}
