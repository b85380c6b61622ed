using System.Net;
using System.Text.Json;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.ForStaff.Jobs;

public sealed class RunJobTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_job_runs_when_asked_and_its_result_stands_in_the_list()
    {
        var admin = await app.SignInAs("admin");
        (await admin.PostAsync("/api/v1/staff/jobs/keep-house/run", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var jobs = JsonDocument.Parse(await admin.GetStringAsync("/api/v1/staff/jobs"));
        var job = jobs.RootElement.GetProperty("items").EnumerateArray().Single(j => j.GetProperty("name").GetString() is "keep-house");
        job.GetProperty("succeeded").GetBoolean().ShouldBeTrue();
        job.GetProperty("result").GetString().ShouldStartWith("Took away");
    }

    [Fact]
    public async Task a_job_that_is_not_there_is_not_found_and_a_nurse_may_run_none()
    {
        (await (await app.SignInAs("admin")).PostAsync("/api/v1/staff/jobs/nonsense/run", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("nurse")).PostAsync("/api/v1/staff/jobs/keep-house/run", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
