using System.Net;
using System.Text.Json;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.ForPatients.Home;

public sealed class ReadHomeTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_home_page_says_what_is_new_in_every_module()
    {
        var maria = await app.SignInAs("maria");
        using var home = JsonDocument.Parse(await maria.GetStringAsync("/api/v1/patients/me/home"));
        home.RootElement.GetProperty("patient").GetProperty("name").GetString().ShouldBe("Maria Alvarez");
        home.RootElement.EnumerateObject().Count().ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task another_patients_home_is_not_found()
    {
        var (maria, james) = (await app.SignInAs("maria"), await app.SignInAs("james"));
        (await maria.GetAsync($"/api/v1/patients/{await PortalApp.OwnChart(james)}/home")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_malformed_id_is_not_found_either()
    {
        var maria = await app.SignInAs("maria");
        (await maria.GetAsync("/api/v1/patients/you/home")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
