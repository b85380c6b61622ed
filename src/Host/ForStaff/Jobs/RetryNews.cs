using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Events;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Web;

namespace PatientPortal.Host.ForStaff.Jobs;

/// <summary>Tries the delivery of news again, from the first try on. What was delivered meanwhile stays delivered once.</summary>
[Does(Act.Execute, "event", "Retried a delivery between modules", Needs = "jobs")]
sealed record RetryNewsRequest(long Seq);

sealed class RetryNewsHandler(CurrentStaff me, Deliveries deliveries) : IHandle<RetryNewsRequest, Done>
{
    public async Task<Outcome<Done>> Handle(RetryNewsRequest request, CancellationToken ct)
    {
        _ = me;
        return await deliveries.Retry(request.Seq, ct) ? default(Done) : Outcome.NotFound;
    }
}

sealed class RetryNewsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/events/{seq:long}/retry", async (long seq, IHandle<RetryNewsRequest, Done> retry, CancellationToken ct) =>
                (await retry.Handle(new(seq), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("RetryNews").Produces(204).ProducesProblem(404);
}
