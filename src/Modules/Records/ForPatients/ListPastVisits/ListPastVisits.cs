using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListPastVisits;

/// <summary>Visits as they were recorded, newest first; appointments to come belong to Scheduling.</summary>
[Does(Act.Read, "past visits", "Looked at past visits", Needs = "records")]
sealed record ListPastVisitsRequest(PageAsk Page);

sealed class ListPastVisitsHandler(RecordsDb db, CurrentPatient me) : IHandle<ListPastVisitsRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListPastVisitsRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.Visits, ask.Page, ct);
}

sealed class ListPastVisitsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/visits", async ([AsParameters] PageAsk page, IHandle<ListPastVisitsRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListPastVisits").WithSummary("Recorded encounters, newest first").Produces<Page<PastVisit>>().ProducesProblem(400);
}
