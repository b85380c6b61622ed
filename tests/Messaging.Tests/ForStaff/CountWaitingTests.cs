using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForStaff;

public sealed class CountWaitingTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task todays_card_and_the_navigation_count_what_waits()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        await maria.Ask();
        var waiting = (await nurse.Get("/api/v1/staff/threads?limit=100")).Items().Count();
        var today = await nurse.GetStringAsync("/staff");
        today.ShouldContain($"<strong class=\"numbers\">{waiting}</strong> waiting for an answer");
        today.ShouldContain("The oldest waits since");
    }

    [Fact]
    public async Task patients_do_not_see_it() =>
        (await (await app.SignInAs("maria")).GetAsync("/staff")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
}
