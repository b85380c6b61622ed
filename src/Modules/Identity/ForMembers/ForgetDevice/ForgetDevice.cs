using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForMembers.ForgetDevice;

/// <summary>One of one's own browsers is a stranger from now on: it skips no code, and waits like everybody after failed tries. Open sessions stay.</summary>
[Does(Act.Delete, "device", "Took away a browser that was known")]
sealed record ForgetDeviceRequest(Guid Device);

sealed class ForgetDeviceHandler(IdentityDb db, RequestScope scope) : IHandle<ForgetDeviceRequest, Done>
{
    public async Task<Outcome<Done>> Handle(ForgetDeviceRequest ask, CancellationToken ct) => await db.InTransaction<Outcome<Done>>(async () =>
        await db.Devices.Where(d => d.Id == ask.Device && d.AccountId == scope.Actor.AccountId).ExecuteDeleteAsync(ct) is 0 ? Outcome.NotFound : default(Done), ct);
}

sealed class ForgetDeviceApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/devices/{device:guid}/forget", async (Guid device, IHandle<ForgetDeviceRequest, Done> forget, CancellationToken ct) =>
                (await forget.Handle(new(device), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("ForgetDevice").Produces(204).ProducesProblem(404);
}
