using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForPatients;

/// <summary>"See what they see": the patient's own record through a proxy's eyes, by the same door.</summary>
public sealed class PreviewTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient maria = null!;
    Guid chart, grant;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        maria = await app.SignInAs("maria");
        chart = await PortalApp.OwnChart(maria);
        grant = await app.Grant(chart, "james", LegalBasis.PatientsWish, "appointments", "friend");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task the_patient_gets_exactly_the_answers_that_the_proxy_gets()
    {
        var james = await app.SignInAs("james");
        foreach (var what in (string[])["/appointments", "/results", "/medications", "/threads", "/documents", "/home", "/access-log"])
            (await maria.GetAsync($"/as/{grant}/api/v1/patients/me{what}")).StatusCode.ShouldBe((await james.GetAsync($"/api/v1/patients/{chart}{what}")).StatusCode, what);
        (await maria.Page($"/as/{grant}/")).Body!.TextContent.ShouldContain("as your proxy");
    }

    [Fact]
    public async Task nothing_can_be_changed_in_it()
    {
        (await maria.PostAsync($"/as/{grant}/api/v1/patients/me/proxies/{grant}/revoke", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await maria.PostAsync($"/as/{grant}/visits", null)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task nobody_else_gets_in_through_it_and_the_trail_says_it_was_the_patient()
    {
        (await (await app.SignInAs("james")).GetAsync($"/as/{grant}/api/v1/patients/me/appointments")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("aisha")).GetAsync($"/as/{grant}/api/v1/patients/{chart}/appointments")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await maria.GetAsync($"/as/{grant}/api/v1/patients/{await app.Daughter()}/appointments")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await maria.GetAsync($"/as/{grant}/api/v1/patients/me/appointments");
        (await maria.See("/api/v1/patients/me/access-log")).GetProperty("items")[0].Text("kind").ShouldBe("self");
    }

    [Fact]
    public async Task R28_a_revoked_grant_shows_nothing_any_more()
    {
        (await maria.PostAsync($"/api/v1/patients/me/proxies/{grant}/revoke", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await maria.GetAsync($"/as/{grant}/api/v1/patients/me/appointments")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
