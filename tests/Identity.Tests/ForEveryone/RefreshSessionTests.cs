namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class RefreshSessionTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<JsonElement> SignIn() => await (await app.Anonymous().SignIn("maria", PortalApp.Password)).Json();

    Task<HttpResponseMessage> Refresh(string? token) => app.Anonymous().PostAsJsonAsync("/api/v1/token/refresh", new { refreshToken = token });

    async Task<HttpStatusCode> Me(string? token)
    {
        using var client = app.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return (await client.GetAsync("/api/v1/me")).StatusCode;
    }

    [Fact]
    public async Task a_refresh_gives_the_next_pair_and_ends_the_old_access_token()
    {
        var first = await SignIn();
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        (await Me(first.Text("accessToken"))).ShouldBe(HttpStatusCode.Unauthorized);

        var next = await Refresh(first.Text("refreshToken"));
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Me((await next.Json()).Text("accessToken"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task R25_a_refresh_token_that_comes_back_ends_the_family()
    {
        var first = await SignIn();
        var second = await (await Refresh(first.Text("refreshToken"))).Json();

        (await Refresh(first.Text("refreshToken"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Me(second.Text("accessToken"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await Refresh(second.Text("refreshToken"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task after_twelve_hours_one_signs_in_again()
    {
        var token = (await SignIn()).Text("refreshToken");
        for (var hour = 0; hour < 11; hour++)
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            token = (await (await Refresh(token)).Json()).Text("refreshToken");
        }
        app.Clock.Advance(TimeSpan.FromHours(1));
        (await Refresh(token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("made up")]
    [InlineData("")]
    [InlineData(null)]
    public async Task what_is_no_token_of_ours_is_refused(string? token) => ((int)(await Refresh(token)).StatusCode).ShouldBeOneOf(400, 401);
}
