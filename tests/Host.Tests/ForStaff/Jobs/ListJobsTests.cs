using System.Net;
using System.Text.Json;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.ForStaff.Jobs;

public sealed class ListJobsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task an_administrator_sees_every_job()
    {
        var admin = await app.SignInAs("admin");
        using var jobs = JsonDocument.Parse(await admin.GetStringAsync("/api/v1/staff/jobs"));
        var names = jobs.RootElement.GetProperty("items").EnumerateArray().Select(j => j.GetProperty("name").GetString()).ToList();
        names.ShouldContain("keep-house");
        names.ShouldContain("send-reminders");
    }

    [Fact]
    public async Task a_nurse_may_not()
    {
        var nurse = await app.SignInAs("nurse");
        (await nurse.GetAsync("/api/v1/staff/jobs")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
