namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class RemovePasskeyTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task it_opens_nothing_any_more_other_sessions_end_and_the_owner_hears_of_it()
    {
        var (maria, elsewhere) = (await app.SignedIn("maria"), await app.SignedIn("maria"));
        var (lost, kept) = (await maria.HasPasskey("Lost"), await maria.HasPasskey("Kept"));
        var id = (await maria.See("/api/v1/me/passkeys")).GetProperty("items").EnumerateArray().Single(p => p.Text("name") is "Lost").Text("id");
        (await maria.PostAsync($"/api/v1/me/passkeys/{id}/remove", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await maria.PostAsync($"/api/v1/me/passkeys/{id}/remove", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.SignInWith(lost)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.SignInWith(kept)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await maria.IsOpen()).ShouldBeTrue();
        (await elsewhere.IsOpen()).ShouldBeFalse();
        await app.CourierIsIdle();
        await app.RunJob("send-notices");
        app.Mailbox().Count(m => m.Contains("Subject: A passkey was removed", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task somebody_elses_is_not_found_and_an_old_proof_is_not_enough()
    {
        var (maria, aisha) = (await app.SignedIn("maria"), await app.SignedIn("aisha"));
        var device = await maria.HasPasskey();
        var id = (await maria.See("/api/v1/me/passkeys")).GetProperty("items")[0].Text("id");
        (await aisha.PostAsync($"/api/v1/me/passkeys/{id}/remove", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        (await (await maria.PostAsync($"/api/v1/me/passkeys/{id}/remove", null)).Code()).ShouldBe("step_up_required");
        (await app.SignInWith(device)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task staff_who_remove_their_last_still_need_the_second_factor()
    {
        var nurse = await app.SignInAs("nurse", fresh: true);
        await nurse.HasPasskey();
        var id = (await nurse.See("/api/v1/me/passkeys")).GetProperty("items")[0].Text("id");
        (await nurse.PostAsync($"/api/v1/me/passkeys/{id}/remove", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await app.Anonymous().SignIn("nurse", PortalApp.Password)).Code()).ShouldBe("second_factor_required");
    }
}
