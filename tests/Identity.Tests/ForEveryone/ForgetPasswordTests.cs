namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class ForgetPasswordTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Forget(string? username) => app.Anonymous().PostAsJsonAsync("/api/v1/password/forgot", new { username });

    [Fact]
    public async Task R21_known_and_unknown_names_get_the_same_answer()
    {
        var (known, unknown) = (await Forget("maria"), await Forget("nobody-has-this"));
        known.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        unknown.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await known.Content.ReadAsStringAsync()).ShouldBe(await unknown.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task R23_one_link_in_two_minutes_is_enough()
    {
        await Forget("maria");
        await app.CourierIsIdle();
        await Forget("maria");
        await app.CourierIsIdle();
        (await Links(app)).ShouldBe(1);

        app.Clock.Advance(TimeSpan.FromMinutes(3));
        await Forget("maria");
        await app.CourierIsIdle();
        (await Links(app)).ShouldBe(2);
    }

    [Fact]
    public async Task without_a_name_it_says_what_is_missing() => (await Forget("")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task the_page_says_the_same_to_everybody()
    {
        using var browser = app.Browser();
        var page = await browser.Page("/forgot");
        var known = await (await browser.Send("/forgot", page, "forgot", ("Form.Username", "maria"))).Page();
        var unknown = await (await browser.Send("/forgot", page, "forgot", ("Form.Username", "nobody-has-this"))).Page();
        known.QuerySelector("main")!.TextContent.ShouldBe(unknown.QuerySelector("main")!.TextContent);
        known.QuerySelector("h1")!.TextContent.ShouldBe("Look in your mailbox");
    }

    static Task<int> Links(PortalApp app) => app.Inside(async s =>
    {
        await using var connection = await app.Database.Open(default);
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM identity_password_resets";
        return Convert.ToInt32(await count.ExecuteScalarAsync(), null);
    });
}
