namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ListMergesTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task each_merge_stands_there_with_who_and_why_also_when_it_was_undone()
    {
        var (maria, aisha) = (await PortalApp.OwnChart(await app.SignInAs("maria")), await PortalApp.OwnChart(await app.SignInAs("aisha")));
        var clerk = await app.Clerk();
        var merge = await app.Join(clerk, aisha, maria);
        (await clerk.Undo(merge)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var line = (await clerk.See("/api/v1/staff/merges")).GetProperty("items")[0];
        (line.Text("reason"), line.Text("undoneReason")).ShouldBe(("The same passport", "Two passports"));
        line.GetProperty("undoUntil").ValueKind.ShouldBe(JsonValueKind.Null);
        (await clerk.Page("/staff/merges")).Body!.TextContent.ShouldContain("Two passports");
    }

    [Fact]
    public async Task whoever_may_not_join_charts_sees_none() =>
        (await (await app.SignInAs("nurse")).GetAsync("/api/v1/staff/merges")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
}
