namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class BeginPasskeySignInTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task the_question_names_nobody_and_wants_the_person_verified()
    {
        var (_, options) = await app.Anonymous().Begin("/api/v1/sign-in/passkey/begin");
        options.Text("userVerification").ShouldBe("required");
        options.Text("rpId").ShouldBe("localhost");
        (options.TryGetProperty("allowCredentials", out var named) ? named.GetArrayLength() : 0).ShouldBe(0);
    }

    [Fact]
    public async Task each_question_is_another()
    {
        var (first, second) = (await app.Anonymous().Begin("/api/v1/sign-in/passkey/begin"), await app.Anonymous().Begin("/api/v1/sign-in/passkey/begin"));
        first.Options.Text("challenge").ShouldNotBe(second.Options.Text("challenge"));
    }
}
