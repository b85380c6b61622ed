using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.Tests.Jobs;

public sealed class NoteSessionsTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task the_last_use_is_written_down_once()
    {
        using var maria = await app.SignInAs("maria");
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        await maria.See("/api/v1/me");

        (await app.RunJob("note-sessions")).ShouldBe("Noted 1 sessions.");
        (await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Sessions.Max(x => x.SeenAt)))).ShouldBe(app.Clock.GetUtcNow());
        (await app.RunJob("note-sessions")).ShouldBe("Nobody did anything since the last time.");
    }
}
