using PatientPortal.Records.Data;

namespace PatientPortal.Records.ForPatients.ListResults;

/// <summary>A patient's results, newest first, a panel an item: what is final and not held, and nothing else.</summary>
/// <param name="From">The first day, in the patient's zone.</param>
/// <param name="To">The last day, that day included.</param>
[Does(Act.Read, "results", "Looked at the list of test results", Needs = "records")]
sealed record ListResultsRequest(DateOnly? From, DateOnly? To, PageAsk Page);

sealed class ListResultsRules : AbstractValidator<ListResultsRequest>
{
    public ListResultsRules() => RuleFor(r => r.To).GreaterThanOrEqualTo(r => r.From).When(r => r.From is not null && r.To is not null)
        .WithMessage("The last day is before the first.");
}

sealed class ListResultsHandler(RecordsDb db, CurrentPatient me, TimeProvider clock) : IHandle<ListResultsRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListResultsRequest ask, CancellationToken ct) => db.ListShown(
        me.Id, clock.GetUtcNow(),
        ask.From is { } from ? Zones.StartOfDay(from, me.TimeZone) : null,
        ask.To is { } to ? Zones.EndOfDay(to, me.TimeZone) : null, ask.Page, ct);
}

sealed class ListResultsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/results", async (DateOnly? from, DateOnly? to, [AsParameters] PageAsk page, IHandle<ListResultsRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(from, to, page), ct)).ToHttp(results => results))
           .WithName("ListResults").WithSummary("Results, newest first; one item a panel").Produces<Page<Domain.Results.ResultSheet>>().ProducesProblem(400);
}
