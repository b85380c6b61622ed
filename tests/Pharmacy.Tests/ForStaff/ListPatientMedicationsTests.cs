using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.ForStaff;

public sealed class ListPatientMedicationsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task staff_see_the_list_in_the_patients_own_shape()
    {
        var maria = await app.SignInAs("maria");
        var chart = await PortalApp.OwnChart(maria);
        var theirs = await (await app.SignInAs("pharmacist")).Json($"/api/v1/staff/patients/{chart}/medications?limit=100");
        var hers = await maria.Json("/api/v1/patients/me/medications?limit=100");
        theirs.GetProperty("items").EnumerateArray().Select(i => i.Text("id")).ShouldBe(hers.GetProperty("items").EnumerateArray().Select(i => i.Text("id")));
    }

    [Fact]
    public async Task an_unknown_patient_is_not_found() =>
        (await (await app.SignInAs("pharmacist")).GetAsync($"/api/v1/staff/patients/{Guid.CreateVersion7()}/medications")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task the_front_desk_sees_the_chart_without_medicines()
    {
        var chart = await PortalApp.OwnChart(await app.SignInAs("maria"));
        var desk = await app.SignInAs("frontdesk");
        (await desk.GetAsync($"/api/v1/staff/patients/{chart}/medications")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await desk.GetStringAsync($"/staff/patients/{chart}")).ShouldNotContain("Medications");
        (await (await app.SignInAs("nurse")).GetStringAsync($"/staff/patients/{chart}")).ShouldContain("Medications");
    }

    [Fact]
    public async Task patients_are_turned_away()
    {
        var maria = await app.SignInAs("maria");
        (await maria.GetAsync($"/api/v1/staff/patients/{await PortalApp.OwnChart(maria)}/medications")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
