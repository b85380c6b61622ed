using PatientPortal.Messaging.Data;

namespace PatientPortal.Messaging.ForStaff.RetryDelivery;

/// <summary>A staff member has mended what kept a notice from being delivered: it gets all its tries again, from now.</summary>
[Does(Act.Execute, "delivery", "Sent a notice again", Needs = "jobs")]
sealed record RetryDeliveryRequest(Guid Id);

sealed record RetriedDelivery(Guid Id, DateTimeOffset DueAt);

sealed class RetryDeliveryHandler(MessagingDb db, NoticeBell bell, CurrentStaff staff, TimeProvider clock) : IHandle<RetryDeliveryRequest, RetriedDelivery>
{
    public async Task<Outcome<RetriedDelivery>> Handle(RetryDeliveryRequest ask, CancellationToken ct)
    {
        _ = staff;
        var delivery = await db.Deliveries.SingleOrDefaultAsync(d => d.Id == ask.Id, ct);
        if (delivery is null) return Outcome.NotFound;
        if (!delivery.Retry(clock.GetUtcNow()))
            return Outcome.Conflict("not_failed", "This notice is not among those that failed; it may have been retried already.");

        var retried = new RetriedDelivery(delivery.Id, delivery.DueAt);
        if (await db.TrySave(retried, ct) is not Saved.Done) return Outcome.Stale();
        bell.Ring();
        return retried;
    }
}

sealed class RetryDeliveryApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/deliveries/{id:guid}/retry", async (Guid id, IHandle<RetryDeliveryRequest, RetriedDelivery> retry, CancellationToken ct) =>
                (await retry.Handle(new(id), ct)).ToHttp(Results.Ok))
           .WithName("RetryDelivery").Produces<RetriedDelivery>().ProducesProblem(409);
}
