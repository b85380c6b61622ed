namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class DismissDuplicateTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task two_people_leave_the_list_with_who_said_so_and_why()
    {
        var clerk = await app.SignInAs("records");
        var pair = await app.Pair(clerk, await PortalApp.OwnChart(await app.SignInAs("maria")), await PortalApp.OwnChart(await app.SignInAs("aisha")));
        (await (await clerk.PostAsJsonAsync($"/api/v1/staff/duplicates/{pair}/dismiss", new { note = "" })).FieldErrors("note")).ShouldNotBeEmpty();
        (await clerk.PostAsJsonAsync($"/api/v1/staff/duplicates/{pair}/dismiss", new { note = "Both were here today" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await clerk.See("/api/v1/staff/duplicates")).GetProperty("items").GetArrayLength().ShouldBe(0);
        var kept = (await clerk.See("/api/v1/staff/duplicates?state=dismissed")).GetProperty("items")[0];
        kept.Text("note").ShouldBe("Both were here today");
        kept.Text("decidedBy").ShouldNotBeNullOrEmpty();
        (await clerk.PostAsJsonAsync($"/api/v1/staff/duplicates/{Guid.CreateVersion7()}/dismiss", new { note = "x" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("nurse")).PostAsJsonAsync($"/api/v1/staff/duplicates/{pair}/dismiss", new { note = "x" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
