using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Events;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Web;

namespace PatientPortal.Host.ForStaff.Jobs;

/// <summary>Every recurring job with its last and next run, and how much news waits to be delivered.</summary>
[Does(Act.Read, "jobs", "Looked at the portal's jobs", Needs = "jobs", Trail = false, Because = "Shows no patient.")]
sealed record ListJobsRequest;

/// <summary>One job. <paramref name="Result"/> is the sentence its last run ended with.</summary>
sealed record JobLine(string Name, string Says, string When, DateTimeOffset? LastRun, string? Result, bool? Succeeded, bool Running, DateTimeOffset? NextRun);

sealed record JobsList(IReadOnlyList<JobLine> Items, int NewsWaiting, int NewsNeedingPerson);

sealed class ListJobsHandler(CurrentStaff me, JobRunner jobs, Deliveries deliveries, IJobClock times) : IHandle<ListJobsRequest, JobsList>
{
    public async Task<Outcome<JobsList>> Handle(ListJobsRequest request, CancellationToken ct)
    {
        _ = me;
        var (waiting, needing) = await deliveries.Count(ct);
        var lines = new List<JobLine>();
        foreach (var s in await jobs.States(ct))
            lines.Add(new(s.Job.Name, s.Job.Says, s.Job.When, s.StartedAt, s.Result, s.Succeeded, s.Running, await times.NextRun(s.Job.Name, ct)));
        return new JobsList(lines, waiting, needing);
    }
}

/// <summary>When the scheduler will run a job next.</summary>
interface IJobClock
{
    ValueTask<DateTimeOffset?> NextRun(string job, CancellationToken ct);
}

sealed class ListJobsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/jobs", async (IHandle<ListJobsRequest, JobsList> list, CancellationToken ct) => (await list.Handle(new(), ct)).ToHttp())
           .WithName("ListJobs").Produces<JobsList>();
}
