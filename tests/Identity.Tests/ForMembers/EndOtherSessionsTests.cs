namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class EndOtherSessionsTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task all_but_this_one_are_over_and_nobody_elses()
    {
        var (phone, tablet, maria, aisha) = (await app.SignedIn("maria"), await app.SignedIn("maria"), await app.SignedIn("maria"), await app.SignedIn("aisha"));
        (await maria.PostAsync("/api/v1/me/sessions/end-others", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await phone.IsOpen()).ShouldBeFalse();
        (await tablet.IsOpen()).ShouldBeFalse();
        (await maria.IsOpen()).ShouldBeTrue();
        (await aisha.IsOpen()).ShouldBeTrue();
    }
}
