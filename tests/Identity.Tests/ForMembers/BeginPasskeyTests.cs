namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class BeginPasskeyTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task it_wants_a_recent_proof()
    {
        var maria = await app.SignedIn("maria");
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await (await maria.PostAsync("/api/v1/me/passkeys/begin", null)).Code()).ShouldBe("step_up_required");
    }

    [Fact]
    public async Task the_question_asks_for_a_discoverable_one_and_leaves_out_those_that_are_there()
    {
        var maria = await app.SignedIn("maria");
        await maria.HasPasskey();
        var (_, options) = await maria.Begin("/api/v1/me/passkeys/begin");
        options.GetProperty("authenticatorSelection").Text("residentKey").ShouldBe("required");
        options.GetProperty("authenticatorSelection").Text("userVerification").ShouldBe("required");
        options.GetProperty("excludeCredentials").GetArrayLength().ShouldBe(1);
    }
}
