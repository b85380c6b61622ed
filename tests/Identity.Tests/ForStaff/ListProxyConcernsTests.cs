namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ListProxyConcernsTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task whose_role_does_not_include_it_sees_nothing()
    {
        (await (await app.SignInAs("pharmacist")).GetAsync("/api/v1/staff/proxy-concerns")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.SignInAs("frontdesk")).GetAsync("/api/v1/staff/proxy-concerns?cursor=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await (await app.SignInAs("maria")).GetAsync("/api/v1/staff/proxy-concerns")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task without_any_the_page_says_so() =>
        (await (await app.SignInAs("frontdesk")).Page("/staff/proxies")).Body!.TextContent.ShouldContain("Nothing waits");
}
