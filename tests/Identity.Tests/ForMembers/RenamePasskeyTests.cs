namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class RenamePasskeyTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task it_has_the_new_name_and_opens_what_it_opened()
    {
        var maria = await app.SignedIn("maria");
        var device = await maria.HasPasskey();
        var id = (await maria.See("/api/v1/me/passkeys")).GetProperty("items")[0].Text("id");
        (await maria.PostAsJsonAsync($"/api/v1/me/passkeys/{id}/rename", new { name = "The old phone" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await maria.See("/api/v1/me/passkeys")).GetProperty("items")[0].Text("name").ShouldBe("The old phone");
        (await (await maria.PostAsJsonAsync($"/api/v1/me/passkeys/{id}/rename", new { name = "" })).FieldErrors("name")).ShouldHaveSingleItem();
        (await app.SignInWith(device)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task somebody_elses_is_not_found()
    {
        var maria = await app.SignedIn("maria");
        await maria.HasPasskey();
        var id = (await maria.See("/api/v1/me/passkeys")).GetProperty("items")[0].Text("id");
        (await (await app.SignedIn("aisha")).PostAsJsonAsync($"/api/v1/me/passkeys/{id}/rename", new { name = "Mine" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
