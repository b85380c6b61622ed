namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class SettleProxyConcernTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task what_is_settled_leaves_the_list()
    {
        var (_, token) = await app.Invite();
        var birth = await app.BirthDateOf(await PortalApp.OwnChart(await app.SignInAs("maria")));
        for (var n = 1; n < 4; n++) await (await app.SignInAs("aisha")).Accept(token, birth.AddDays(n));
        var desk = await app.SignInAs("frontdesk");
        var id = (await desk.See("/api/v1/staff/proxy-concerns")).GetProperty("items")[0].GetProperty("id").GetGuid();

        (await (await app.SignInAs("pharmacist")).PostAsync($"/api/v1/staff/proxy-concerns/{id}/settle", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        for (var n = 0; n < 2; n++) (await desk.PostAsync($"/api/v1/staff/proxy-concerns/{id}/settle", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await desk.See("/api/v1/staff/proxy-concerns")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task one_that_is_not_there_is_not_found() =>
        (await (await app.SignInAs("frontdesk")).PostAsync($"/api/v1/staff/proxy-concerns/{Guid.CreateVersion7()}/settle", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
}
