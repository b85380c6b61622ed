namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class ListPasskeysTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task one_sees_ones_own_only()
    {
        await (await app.SignedIn("maria")).HasPasskey("Marias phone");
        (await (await app.SignedIn("aisha")).See("/api/v1/me/passkeys")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task nobody_sees_any_without_signing_in() => (await app.Anonymous().GetAsync("/api/v1/me/passkeys")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
}
