using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.ForPatients;

public sealed class ReadRefillTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_request_shows_where_it_stands()
    {
        var maria = await app.SignInAs("maria");
        var refill = await app.AskedRefill(maria);
        (await maria.Json($"/api/v1/patients/me/refill-requests/{refill}")).Text("status").ShouldBe("requested");
    }

    [Fact]
    public async Task an_unknown_request_is_not_found() =>
        (await (await app.SignInAs("maria")).GetAsync($"/api/v1/patients/me/refill-requests/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task somebody_elses_request_is_not_found()
    {
        var refill = await app.AskedRefill(await app.SignInAs("maria"));
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/me/refill-requests/{refill}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
