using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.ForPatients;

public sealed class ListRefillsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task requests_stand_newest_first_with_their_steps()
    {
        var maria = await app.SignInAs("maria");
        var items = (await maria.Json("/api/v1/patients/me/refill-requests")).GetProperty("items").EnumerateArray().ToList();
        items.Select(i => i.Text("status")).ShouldBe(["approved", "ready", "denied"]);
        items[0].GetProperty("steps").EnumerateArray().Select(s => s.Text("status")).ShouldBe(["requested", "in_review", "approved"]);
        items[2].Text("reason")!.ShouldNotBeEmpty();
        items[2].Text("nextStep")!.ShouldNotBeEmpty();
        DateTimeOffset.Parse(items[0].Text("askedAt")!).Offset.ShouldBe(TimeSpan.FromHours(-5), "instants carry the patient's offset");
    }

    [Fact]
    public async Task pages_follow_each_other()
    {
        var maria = await app.SignInAs("maria");
        var first = await maria.Json("/api/v1/patients/me/refill-requests?limit=2");
        var second = await maria.Json($"/api/v1/patients/me/refill-requests?limit=2&cursor={first.Text("next")}");
        first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(i => i.Text("id")).Distinct().Count().ShouldBe(3);
        second.Text("next").ShouldBeNull();
    }

    [Fact]
    public async Task a_broken_cursor_is_refused() =>
        (await (await app.SignInAs("maria")).GetAsync("/api/v1/patients/me/refill-requests?cursor=xyz")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task somebody_elses_requests_are_not_found() =>
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{await PortalApp.OwnChart(await app.SignInAs("maria"))}/refill-requests")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
}
