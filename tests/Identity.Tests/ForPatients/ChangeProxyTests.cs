using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForPatients;

public sealed class ChangeProxyTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient maria = null!;
    Guid chart;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        maria = await app.SignInAs("maria");
        chart = await PortalApp.OwnChart(maria);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task what_is_taken_away_is_gone_with_the_next_request()
    {
        var grant = await app.Grant(chart, "james", LegalBasis.PatientsWish, "appointments,records");
        var james = await app.SignInAs("james");
        (await james.GetAsync($"/api/v1/patients/{chart}/results")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await maria.PutAsJsonAsync($"/api/v1/patients/me/proxies/{grant}", new { scopes = new[] { "appointments" } })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await james.GetAsync($"/api/v1/patients/{chart}/results")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await james.GetAsync($"/api/v1/patients/{chart}/appointments")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task nobody_widens_their_own_access_and_nothing_unknown_is_granted()
    {
        var grant = await app.Grant(chart, "james", LegalBasis.PatientsWish, "appointments");
        (await (await (await app.SignInAs("james")).PutAsJsonAsync($"/api/v1/patients/{chart}/proxies/{grant}", new { scopes = Proxies.All })).Code()).ShouldBe("not_the_patient");
        (await (await maria.PutAsJsonAsync($"/api/v1/patients/me/proxies/{grant}", new { scopes = new[] { "*" } })).FieldErrors("scopes")).ShouldNotBeEmpty();
        (await (await maria.PutAsJsonAsync($"/api/v1/patients/me/proxies/{grant}", new { scopes = Array.Empty<string>() })).FieldErrors("scopes")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task what_rests_on_the_law_is_not_the_patients_to_change()
    {
        var grant = await app.Grant(chart, "james", LegalBasis.Guardianship, "appointments");
        (await (await maria.PutAsJsonAsync($"/api/v1/patients/me/proxies/{grant}", new { scopes = Proxies.All })).Code()).ShouldBe("rests_on_law");
    }

    [Fact]
    public async Task somebody_elses_grant_is_not_found()
    {
        var grant = await app.Grant(chart, "james", LegalBasis.PatientsWish, "appointments");
        (await (await app.SignInAs("aisha")).PutAsJsonAsync($"/api/v1/patients/me/proxies/{grant}", new { scopes = Proxies.All })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
