using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Web;

namespace PatientPortal.Host.ForStaff.Jobs;

/// <summary>Runs a job now. One that is running already is left alone: 409.</summary>
[Does(Act.Execute, "job", "Ran a job of the portal", Needs = "jobs")]
sealed record RunJobRequest(string Name);

sealed record JobRan(string Name, string Result);

sealed class RunJobHandler(CurrentStaff me, JobRunner jobs) : IHandle<RunJobRequest, JobRan>
{
    public async Task<Outcome<JobRan>> Handle(RunJobRequest request, CancellationToken ct)
    {
        _ = me;
        if (jobs.Jobs.All(j => j.Name != request.Name)) return Outcome.NotFound;
        return await jobs.Run(request.Name, ct) is { } result
            ? new JobRan(request.Name, result)
            : Outcome.Conflict("already_running", "This job is running already. Its result will stand here when it ends.");
    }
}

sealed class RunJobApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/jobs/{name}/run", async (string name, IHandle<RunJobRequest, JobRan> run, CancellationToken ct) => (await run.Handle(new(name), ct)).ToHttp())
           .WithName("RunJob").Produces<JobRan>().ProducesProblem(404).ProducesProblem(409);
}
