namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class BeginPasskeyProofTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task the_question_names_ones_own_passkeys()
    {
        var maria = await app.SignedIn("maria");
        await maria.HasPasskey();
        var (_, options) = await maria.Begin("/api/v1/me/prove/passkey/begin");
        options.GetProperty("allowCredentials").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task nobody_is_asked_without_signing_in() => (await app.Anonymous().PostAsync("/api/v1/me/prove/passkey/begin", null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
}
