using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.Tests.Jobs;

public sealed class TidySignInsTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task what_is_long_over_goes_and_the_rest_stays()
    {
        using var maria = await app.SignInAs("maria");
        await app.Anonymous().SignIn("nobody-has-this", "wrong");
        app.Clock.Advance(TimeSpan.FromDays(31));
        await app.SignInAs("maria", fresh: true);

        await app.RunJob("tidy-sign-ins");
        var (sessions, tries) = await app.Inside(s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            return Task.FromResult((db.Sessions.Count(), db.SignInTries.Count()));
        });
        sessions.ShouldBe(1);
        tries.ShouldBe(0);
    }
}
