using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Tests.Jobs;

public sealed class FollowMergesTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task what_was_saved_for_the_absorbed_chart_after_the_move_follows_and_goes_back()
    {
        var (maria, aisha) = (await PortalApp.OwnChart(await app.SignInAs("maria")), await PortalApp.OwnChart(await app.SignInAs("aisha")));
        var clerk = await app.Clerk();
        var rows = await app.RowsOf(aisha);
        var merge = await app.Join(clerk, aisha, maria);
        (await app.RunJob("follow-merges")).ShouldBe("Nothing came late.");
        // A request that had begun before the merge saves after it.
        var visit = Guid.Parse((await app.Query("SELECT id FROM scheduling_appointments WHERE patient_id = '" + Written(maria) + "' AND NOT holds_time ORDER BY id"))[0]);
        await app.Database.Execute("UPDATE scheduling_appointments SET patient_id = @late WHERE id = @id", default, ("late", aisha), ("id", visit));
        (await app.RowsOf(aisha))["scheduling_appointments"].ShouldBe(1);

        (await app.RunJob("follow-merges")).ShouldBe("Moved what came late in 1 places.");
        (await app.RowsOf(aisha)).ShouldAllBe(t => t.Value == 0);
        (await clerk.Undo(merge)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.CourierIsIdle();
        (await app.RowsOf(aisha))["records_results"].ShouldBe(rows["records_results"]);
    }

    [Fact]
    public async Task what_merges_moved_is_forgotten_once_they_cant_be_undone()
    {
        var (maria, aisha) = (await PortalApp.OwnChart(await app.SignInAs("maria")), await PortalApp.OwnChart(await app.SignInAs("aisha")));
        await app.Join(await app.Clerk(), aisha, maria);
        app.Clock.Advance(TimeSpan.FromDays(30));
        await app.RunJob("follow-merges");
        (await app.Query("SELECT row_key FROM records_chart_moves")).ShouldNotBeEmpty();
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.RunJob("follow-merges");
        (await app.Query("SELECT row_key FROM records_chart_moves")).ShouldBeEmpty();
        (await app.RowsOf(aisha)).ShouldAllBe(t => t.Value == 0);
    }

    static string Written(Guid id) => PortalApp.Engine is Engine.PostgreSql ? id.ToString() : id.ToString().ToUpperInvariant();
}
