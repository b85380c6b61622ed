namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class ForgetUserNameTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Forget(string? email) => app.Anonymous().PostAsJsonAsync("/api/v1/username/forgot", new { email });

    [Fact]
    public async Task R21_known_and_unknown_addresses_get_the_same_answer()
    {
        var (known, unknown) = (await Forget(await app.EmailOf("maria")), await Forget("nobody@example.org"));
        known.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await known.Content.ReadAsStringAsync()).ShouldBe(await unknown.Content.ReadAsStringAsync());
        (await app.MailsTo("nobody@example.org")).ShouldBeEmpty();
    }

    [Fact]
    public async Task the_address_hears_its_user_names_however_it_is_written()
    {
        var email = await app.EmailOf("maria");
        await Forget($"  {email.ToUpperInvariant()} ");
        (await app.WasTold(email, "maria")).ShouldBeTrue();
        (await app.MailsTo(email)).Count(m => m.Contains("Subject: Your user names", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task what_is_no_address_is_refused_beside_the_field()
    {
        foreach (var wrong in new[] { null, "", "maria", "a@b", new string('x', 300) + "@example.org", "two@example.org,three@example.org" })
            (await (await Forget(wrong)).FieldErrors("email")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task the_page_says_the_same_for_every_address()
    {
        using var browser = app.Browser();
        var told = await (await browser.Send("/forgot-username", await browser.Page("/forgot-username"), "forgot-username", ("Form.Email", "nobody@example.org"))).Page();
        told.QuerySelector(".notice.good")!.TextContent.ShouldContain("is on its way");
    }
}
