using System.Globalization;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Events;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Web;

namespace PatientPortal.Host.ForStaff.Jobs;

/// <summary>News between modules whose delivery failed: those that will be tried again, and those that need a person. Never their content.</summary>
[Does(Act.Read, "events", "Looked at deliveries between modules", Needs = "jobs", Trail = false, Because = "Shows no patient.")]
sealed record ListTroubledNewsRequest(int? Limit, string? Cursor);

sealed class ListTroubledNewsHandler(CurrentStaff me, Deliveries deliveries) : IHandle<ListTroubledNewsRequest, Page<DeliveryRow>>
{
    public async Task<Outcome<Page<DeliveryRow>>> Handle(ListTroubledNewsRequest request, CancellationToken ct)
    {
        _ = me;
        long before = long.MaxValue;
        if (request.Cursor is { } cursor && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before)) return Cursor.Bad;
        var take = PageAsk.Of(request.Limit).Take;
        var rows = await deliveries.Troubled(before, take + 1, ct);
        return new Page<DeliveryRow>([.. rows.Take(take)], rows.Count > take ? rows[take - 1].Seq.ToString(CultureInfo.InvariantCulture) : null);
    }
}

sealed class ListTroubledNewsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/events", async ([AsParameters] PageAsk page, IHandle<ListTroubledNewsRequest, Page<DeliveryRow>> list, CancellationToken ct) =>
                (await list.Handle(new(page.Limit, page.Cursor), ct)).ToHttp())
           .WithName("ListTroubledNews").Produces<Page<DeliveryRow>>();
}
