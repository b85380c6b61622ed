using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Jobs;

public sealed class JobRunnerTests
{
    const string Job = "probe-job";

    static JobRunner Runner(KernelFixture kernel) => kernel.Services.GetRequiredService<JobRunner>();

    static async Task<JobState> State(KernelFixture kernel) => (await Runner(kernel).States(CancellationToken.None)).Single(s => s.Job.Name == Job);

    /// <summary>What a killed process leaves: a run that began and will never end.</summary>
    static async Task LeaveARun(KernelFixture kernel)
    {
        await Runner(kernel).Run(Job, CancellationToken.None);
        var now = Instants.Write(kernel.Clock.GetUtcNow());
        await kernel.Run($"UPDATE kernel_jobs SET lease_until = {now + 600_000_000L}, started_at = {now}, ended_at = NULL, result = NULL, succeeded = NULL");
        (await Runner(kernel).Run(Job, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task a_job_that_runs_is_not_run_twice_at_once()
    {
        await using var kernel = await KernelFixture.New();
        var (began, end) = (new TaskCompletionSource(), new TaskCompletionSource());
        kernel.Services.GetRequiredService<ProbeWork>().Does = async _ =>
        {
            began.SetResult();
            await end.Task;
            return "Done, once.";
        };
        var first = Runner(kernel).Run(Job, CancellationToken.None);
        await began.Task;
        (await Runner(kernel).Run(Job, CancellationToken.None)).ShouldBeNull();
        (await State(kernel)).Running.ShouldBeTrue();
        end.SetResult();
        (await first).ShouldBe("Done, once.");
        (await State(kernel)).ShouldSatisfyAllConditions(s => s.Running.ShouldBeFalse(), s => s.Succeeded.ShouldBe(true), s => s.Result.ShouldBe("Done, once."));
    }

    [Fact]
    public async Task a_run_that_outlived_its_lease_does_not_free_the_lease_of_the_one_that_took_over()
    {
        await using var kernel = await KernelFixture.New();
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        var work = kernel.Services.GetRequiredService<ProbeWork>();
        var began = new TaskCompletionSource();
        work.Does = async _ =>
        {
            began.SetResult();
            await first.Task;
            return "Late.";
        };
        var slow = Runner(kernel).Run(Job, CancellationToken.None);
        await began.Task;
        kernel.Clock.Advance(TimeSpan.FromMinutes(11));
        began = new();
        work.Does = async _ =>
        {
            began.SetResult();
            await second.Task;
            return "In time.";
        };
        var other = Runner(kernel).Run(Job, CancellationToken.None);
        await began.Task;

        first.SetResult();
        (await slow).ShouldBe("Late.");
        (await State(kernel)).Running.ShouldBeTrue();
        (await Runner(kernel).Run(Job, CancellationToken.None)).ShouldBeNull();
        second.SetResult();
        (await other).ShouldBe("In time.");
        (await State(kernel)).ShouldSatisfyAllConditions(s => s.Running.ShouldBeFalse(), s => s.Result.ShouldBe("In time."));
    }

    [Fact]
    public async Task a_run_that_is_stopped_leaves_no_lease()
    {
        await using var kernel = await KernelFixture.New();
        using var stop = new CancellationTokenSource();
        var work = kernel.Services.GetRequiredService<ProbeWork>();
        work.Does = async ct =>
        {
            await stop.CancelAsync();
            ct.ThrowIfCancellationRequested();
            return "Never said.";
        };
        await Should.ThrowAsync<OperationCanceledException>(() => Runner(kernel).Run(Job, stop.Token));
        (await State(kernel)).ShouldSatisfyAllConditions(s => s.Running.ShouldBeFalse(), s => s.Succeeded.ShouldBe(false));
        work.Does = _ => Task.FromResult("Done.");
        (await Runner(kernel).Run(Job, CancellationToken.None)).ShouldBe("Done.");
    }

    [Fact]
    public async Task a_dead_hosts_lease_runs_out()
    {
        await using var kernel = await KernelFixture.New();
        await LeaveARun(kernel);
        kernel.Clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromMilliseconds(1));
        (await Runner(kernel).Run(Job, CancellationToken.None)).ShouldBe("Done.");
    }

    [Fact]
    public async Task where_no_other_host_can_be_the_next_start_does_not_wait_for_a_dead_ones_lease()
    {
        await using var kernel = await KernelFixture.New();
        await LeaveARun(kernel);
        var sole = kernel.Services.GetRequiredService<SoleHost>();
        await sole.Enter(CancellationToken.None);
        await sole.FreeClaims(CancellationToken.None);
        if (PortalApp.Engine is Engine.PostgreSql)
        {
            // Another host may live, and run it.
            (await State(kernel)).Running.ShouldBeTrue();
            (await Runner(kernel).Run(Job, CancellationToken.None)).ShouldBeNull();
            return;
        }
        (await State(kernel)).ShouldSatisfyAllConditions(s => s.Running.ShouldBeFalse(), s => s.Succeeded.ShouldBe(false), s => s.Result.ShouldBe("The portal stopped while it ran."));
        (await Runner(kernel).Run(Job, CancellationToken.None)).ShouldBe("Done.");
    }
}
