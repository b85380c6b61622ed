namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class JoinAsProxyTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Join(string token, string username) =>
        app.Anonymous().PostAsJsonAsync("/api/v1/proxy-invitations/join", new { token, name = "Rosa", username, password = "four unrelated words together" });

    [Fact]
    public async Task one_link_makes_one_account_also_twice_at_once()
    {
        var (_, token) = await app.Invite();
        var answers = await Task.WhenAll(Join(token, "rosa.one"), Join(token, "rosa.two"));
        answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(1);
        (await (await Join(token, "rosa.three")).Code()).ShouldBe("invitation_refused");
    }

    [Fact]
    public async Task the_account_alone_opens_nothing()
    {
        var (_, token) = await app.Invite();
        var rosa = await app.Join(token);
        (await rosa.See("/api/v1/me")).GetProperty("patients").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task a_link_that_nobody_sent_and_a_taken_name_are_refused()
    {
        (await (await Join("x", "rosa.one")).Code()).ShouldBe("invitation_refused");
        var (_, token) = await app.Invite();
        (await (await Join(token, "maria")).FieldErrors("username")).ShouldNotBeEmpty();
        (await Join(token, "rosa.one")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
