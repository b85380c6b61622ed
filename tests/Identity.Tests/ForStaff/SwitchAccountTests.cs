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
}
