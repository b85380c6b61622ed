using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class ConfirmEmailTests : IAsyncLifetime
{
    const string New = "maria.new@example.org";

    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Confirm(string? token) => app.Anonymous().PostAsJsonAsync("/api/v1/email/confirm", new { token });

    async Task<string> Link()
    {
        (await (await app.SignedIn("maria")).PostAsJsonAsync("/api/v1/me/email", new { email = New })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return await app.LinkTo(New, "/confirm-email");
    }

    [Fact]
    public async Task R24_used_expired_made_up_and_somebody_elses_links_fail_with_one_message()
    {
        var link = await Link();
        (await Confirm(link)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var used = await Confirm(link);
        var madeUp = await Confirm(Secret.New());
        (await (await app.SignedIn("aisha")).PostAsJsonAsync("/api/v1/me/email", new { email = "aisha.new@example.org" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var late = await app.LinkTo("aisha.new@example.org", "/confirm-email");
        app.Wait(EmailChange.Lasts);
        var expired = await Confirm(late);
        foreach (var answer in new[] { used, madeUp, expired })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await answer.Json()).Text("detail").ShouldBe((await used.Json()).Text("detail"));
        }
    }

    [Fact]
    public async Task of_two_at_once_one_counts()
    {
        var link = await Link();
        var answers = await Task.WhenAll(Confirm(link), Confirm(link));
        answers.Count(a => a.StatusCode is HttpStatusCode.NoContent).ShouldBe(1);
    }

    [Fact]
    public async Task a_reset_link_that_went_to_the_old_address_dies_with_it()
    {
        var old = await app.EmailOf("maria");
        var link = await Link();
        await app.Anonymous().PostAsJsonAsync("/api/v1/password/forgot", new { username = "maria" });
        var reset = await app.LinkTo(old, "/reset");
        await Confirm(link);
        (await app.Anonymous().PostAsJsonAsync("/api/v1/password/reset", new { token = reset, newPassword = "velvet otter under ninth lamp" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task the_page_takes_the_link_and_opening_it_changes_nothing()
    {
        var link = await Link();
        using var browser = app.Browser();
        var page = await browser.Page("/confirm-email");
        page.QuerySelector("[data-mailed-link]").ShouldNotBeNull();
        (await app.EmailOf("maria")).ShouldNotBe(New);
        (await browser.Send("/confirm-email", page, "confirm-email", ("Form.Token", $"https://x/confirm-email#{link}"))).StatusCode.ShouldBe(HttpStatusCode.Found);
        (await app.EmailOf("maria")).ShouldBe(New);
    }
}
