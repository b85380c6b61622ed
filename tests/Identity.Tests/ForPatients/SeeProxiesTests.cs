using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForPatients;

public sealed class SeeProxiesTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task an_invitation_that_nobody_took_expires_before_the_patients_eyes()
    {
        await app.Invite();
        (await (await app.SignInAs("maria")).See("/api/v1/patients/me/proxies")).GetProperty("invitations")[0].Text("state").ShouldBe("waiting");
        app.Clock.Advance(TimeSpan.FromDays(7));
        (await (await app.SignInAs("maria", fresh: true)).See("/api/v1/patients/me/proxies")).GetProperty("invitations")[0].Text("state").ShouldBe("expired");
    }

    [Fact]
    public async Task proxies_do_not_learn_of_each_other()
    {
        var daughter = await app.Daughter();
        (await (await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/{daughter}/proxies")).Code()).ShouldBe("not_the_patient");
    }

    [Fact]
    public async Task somebody_elses_are_not_found()
    {
        var maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{maria}/proxies")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task the_page_names_who_may_what_and_on_what_it_rests()
    {
        var maria = await app.SignInAs("maria");
        await app.Grant(await PortalApp.OwnChart(maria), "james", LegalBasis.Guardianship, "records", "guardian");
        var text = (await maria.Page("/proxies")).Body!.TextContent;
        text.ShouldContain("James");
        text.ShouldContain("Guardianship");
    }
}
