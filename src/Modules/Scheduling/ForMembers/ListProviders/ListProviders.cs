using PatientPortal.Scheduling.Data;

namespace PatientPortal.Scheduling.ForMembers.ListProviders;

/// <summary>Who can be booked, where they see patients, and for what; only those who offer a kind of visit when one is named.</summary>
internal sealed record ListProvidersRequest(Guid? VisitType);

internal sealed record BookableProvider(Guid Id, string Name, string Title, IReadOnlyList<BookablePlace> Locations, IReadOnlyList<Guid> VisitTypes);

internal sealed record BookablePlace(Guid Id, string Name, string Address, string Phone, string Zone);

internal sealed class ListProvidersHandler(SchedulingDb db, Supplies supplies) : IHandle<ListProvidersRequest, Page<BookableProvider>>
{
    public async Task<Outcome<Page<BookableProvider>>> Handle(ListProvidersRequest ask, CancellationToken ct)
    {
        var supply = await supplies.Current(db, ct);
        var offering = ask.VisitType is { } type ? supply.ProvidersFor(type).Select(p => p.Id).ToHashSet() : null;
        return new Page<BookableProvider>(
            [.. supply.Providers.Where(p => offering?.Contains(p.Id) ?? true).Select(p => new BookableProvider(
                p.Id, p.Name, p.Title,
                [.. supply.PlacesOf(p.Id).Select(l => new BookablePlace(l.Id, l.Name, l.Address, l.Phone, l.Zone))],
                [.. supply.VisitTypesOf(p.Id)]))],
            Next: null);
    }
}

internal sealed class ListProvidersApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/providers", async ([AsParameters] ListProvidersRequest ask, IHandle<ListProvidersRequest, Page<BookableProvider>> list, CancellationToken ct) =>
                (await list.Handle(ask, ct)).ToHttp())
           .WithName("ListProviders").Produces<Page<BookableProvider>>();
}
