namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class SwitchAccountTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient admin = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        admin = await app.SignInAs("admin");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<string> Account(string name) =>
        (await admin.See($"/api/v1/staff/accounts?query={name}")).GetProperty("items").EnumerateArray().Single(a => a.Text("username") == name).Text("id")!;

    [Fact]
    public async Task a_disabled_account_is_refused_from_the_next_request_on_until_it_is_enabled()
    {
        using var maria = await app.SignInAs("maria");
        var id = await Account("maria");

        (await admin.PostAsync($"/api/v1/staff/accounts/{id}/disable", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await maria.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await (await app.Anonymous().SignIn("maria", PortalApp.Password)).Code()).ShouldBe("invalid_credentials");

        (await admin.PostAsync($"/api/v1/staff/accounts/{id}/enable", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await maria.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Anonymous().SignIn("maria", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task nobody_shuts_themselves_out()
    {
        var answer = await admin.PostAsync($"/api/v1/staff/accounts/{await Account("admin")}/disable", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Json()).Text("nextStep").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task an_account_that_is_not_there_is_not_found() =>
        (await admin.PostAsync($"/api/v1/staff/accounts/{Guid.CreateVersion7()}/disable", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task before_it_is_switched_the_account_says_whose_it_is_and_how_it_stands()
    {
        var account = await admin.See($"/api/v1/staff/accounts/{await Account("maria")}");
        account.Text("name").ShouldBe("Maria Alvarez");
        (account.GetProperty("disabled").GetBoolean(), account.GetProperty("own").GetBoolean()).ShouldBe((false, false));
        (await admin.See($"/api/v1/staff/accounts/{await Account("admin")}")).GetProperty("own").GetBoolean().ShouldBeTrue();
        (await admin.GetAsync($"/api/v1/staff/accounts/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("drlee")).GetAsync($"/api/v1/staff/accounts/{await Account("maria")}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task only_administrators_may() =>
        (await (await app.SignInAs("drlee")).PostAsync($"/api/v1/staff/accounts/{await Account("maria")}/disable", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task two_administrators_who_disable_each_other_at_once_leave_one()
    {
        var (mine, theirs) = (await Account("admin"), await Account("drlee"));
        (await admin.PutAsJsonAsync($"/api/v1/staff/members/{theirs}/role", new { role = "Administrator" })).EnsureSuccessStatusCode();
        var other = await app.SignInAs("drlee");
        var answers = await Task.WhenAll(admin.PostAsync($"/api/v1/staff/accounts/{theirs}/disable", null), other.PostAsync($"/api/v1/staff/accounts/{mine}/disable", null));
        // Whoever comes second finds their session ended, or their right gone.
        answers.Count(a => a.StatusCode is HttpStatusCode.OK).ShouldBe(1);
        answers.Count(a => a.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden).ShouldBe(1);
        var left = answers[0].IsSuccessStatusCode ? admin : other;
        (await left.GetAsync("/api/v1/staff/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_disabled_members_refresh_token_opens_nothing_and_neither_does_a_sign_in()
    {
        var answer = await app.Anonymous().SignIn("nurse", PortalApp.Password, Totp.Now(app.Clock));
        var refresh = (await answer.Json()).Text("refreshToken");
        (await admin.PostAsync($"/api/v1/staff/accounts/{await Account("nurse")}/disable", null)).EnsureSuccessStatusCode();
        (await app.Anonymous().PostAsJsonAsync("/api/v1/token/refresh", new { refreshToken = refresh })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await app.Anonymous().SignIn("nurse", PortalApp.Password, Totp.Now(app.Clock))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        // Enabled again, what was open before stays shut.
        (await admin.PostAsync($"/api/v1/staff/accounts/{await Account("nurse")}/enable", null)).EnsureSuccessStatusCode();
        (await app.Anonymous().PostAsJsonAsync("/api/v1/token/refresh", new { refreshToken = refresh })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task enabling_an_account_that_is_not_disabled_ends_nothing()
    {
        using var maria = await app.SignInAs("maria");
        (await admin.PostAsync($"/api/v1/staff/accounts/{await Account("maria")}/enable", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await maria.IsOpen()).ShouldBeTrue();
    }
}
