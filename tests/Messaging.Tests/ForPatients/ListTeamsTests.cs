using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForPatients;

public sealed class ListTeamsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task each_team_says_by_when_it_would_answer()
    {
        var maria = await app.SignInAs("maria");
        var teams = (await maria.Get("/api/v1/patients/me/teams")).Items().ToList();

        teams.Select(t => t.Text("name")).ShouldContain("Primary care team");
        var front = teams.Single(t => t.Text("name") is "Appointments and front desk");
        // Monday, 9 am in New York: by Tuesday, 5 pm.
        front.Text("answerBy").ShouldBe("2026-11-24T17:00:00-05:00");
        front.GetProperty("openNow").GetBoolean().ShouldBeTrue();
        // The primary care team takes two business days.
        teams.Single(t => t.Text("name") is "Primary care team").Text("answerBy").ShouldBe("2026-11-25T17:00:00-05:00");
    }

    [Fact]
    public async Task a_team_that_is_no_longer_active_is_offered_to_nobody()
    {
        await using var own = await PortalApp.New();
        await own.Change(async db => (await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstAsync(db.Teams, t => t.Rank == 1)).Active = false);
        var maria = await own.SignInAs("maria");
        (await maria.Get("/api/v1/patients/me/teams")).Items().Select(t => t.Text("name")).ShouldNotContain("Appointments and front desk");
    }

    [Fact]
    public async Task somebody_elses_chart_is_not_there()
    {
        var (maria, aisha) = (await app.SignInAs("maria"), await app.SignInAs("aisha"));
        var chart = await PortalApp.OwnChart(aisha);
        (await maria.GetAsync($"/api/v1/patients/{chart}/teams")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.Anonymous().GetAsync("/api/v1/patients/me/teams")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
