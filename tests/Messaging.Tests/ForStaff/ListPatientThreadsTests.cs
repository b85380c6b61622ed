using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForStaff;

public sealed class ListPatientThreadsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_chart_lists_this_patients_conversations_only()
    {
        var (maria, aisha, nurse) = (await app.SignInAs("maria"), await app.SignInAs("aisha"), await app.SignInAs("nurse"));
        var (hers, others) = (await maria.Ask(subject: "In Maria's chart"), await aisha.Ask());
        var lines = (await nurse.Get($"/api/v1/staff/patients/{await PortalApp.OwnChart(maria)}/threads?limit=100")).Items().ToList();
        lines[0].Id().ShouldBe(hers);
        lines.ShouldAllBe(l => l.Id() != others);
    }

    [Fact]
    public async Task a_chart_that_is_not_there_is_not_found_and_patients_are_not_staff()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        (await nurse.GetAsync($"/api/v1/staff/patients/{Guid.CreateVersion7()}/threads")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await maria.GetAsync($"/api/v1/staff/patients/{await PortalApp.OwnChart(maria)}/threads")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
