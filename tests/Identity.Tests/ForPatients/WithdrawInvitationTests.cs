namespace PatientPortal.Identity.Tests.ForPatients;

public sealed class WithdrawInvitationTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task a_withdrawn_invitation_is_shown_as_such_and_twice_is_fine()
    {
        var (id, _) = await app.Invite();
        var maria = await app.SignInAs("maria");
        for (var n = 0; n < 2; n++) (await maria.PostAsync($"/api/v1/patients/me/proxy-invitations/{id}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await maria.See("/api/v1/patients/me/proxies")).GetProperty("invitations")[0].Text("state").ShouldBe("withdrawn");
    }

    [Fact]
    public async Task an_accepted_one_is_not_withdrawn_but_ended()
    {
        var (id, token) = await app.Invite();
        var maria = await app.SignInAs("maria");
        (await (await app.SignInAs("aisha")).Accept(token, await app.BirthDateOf(await PortalApp.OwnChart(maria)))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await maria.PostAsync($"/api/v1/patients/me/proxy-invitations/{id}/withdraw", null)).Code()).ShouldBe("already_accepted");
    }

    [Fact]
    public async Task somebody_elses_is_not_found()
    {
        var (id, _) = await app.Invite();
        (await (await app.SignInAs("aisha")).PostAsync($"/api/v1/patients/me/proxy-invitations/{id}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
