using PatientPortal.Scheduling.Data;

namespace PatientPortal.Scheduling.ForMembers.ListVisitTypes;

/// <summary>The kinds of visits that patients book themselves, with the clinic's rules for each.</summary>
internal sealed record ListVisitTypesRequest;

/// <param name="LeadMinutes">How long before its start it can last be booked.</param>
/// <param name="CutOffMinutes">How long before its start it can last be changed or cancelled.</param>
/// <param name="Providers">Who offers it.</param>
internal sealed record BookableVisitType(
    Guid Id, string Name, int Minutes, string Instructions, int LeadMinutes, int HorizonDays, int CutOffMinutes, IReadOnlyList<Guid> Providers);

internal sealed class ListVisitTypesHandler(SchedulingDb db, Supplies supplies, Texts T) : IHandle<ListVisitTypesRequest, Page<BookableVisitType>>
{
    public async Task<Outcome<Page<BookableVisitType>>> Handle(ListVisitTypesRequest ask, CancellationToken ct)
    {
        var supply = await supplies.Current(db, ct);
        return new Page<BookableVisitType>(
            [.. supply.VisitTypes.Select(v => new BookableVisitType(
                v.Id, v.NameIn(T.Language), v.Minutes, v.Instructions, v.LeadMinutes, v.HorizonDays, v.CutOffMinutes,
                [.. supply.ProvidersFor(v.Id).Select(p => p.Id)]))],
            Next: null);
    }
}

internal sealed class ListVisitTypesApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/visit-types", async (IHandle<ListVisitTypesRequest, Page<BookableVisitType>> list, CancellationToken ct) =>
                (await list.Handle(new(), ct)).ToHttp())
           .WithName("ListVisitTypes").Produces<Page<BookableVisitType>>();
}
