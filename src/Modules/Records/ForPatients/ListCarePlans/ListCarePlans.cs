using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListCarePlans;

/// <summary>How the care of a patient is planned, newest first; drafts and what was entered in error are left out.</summary>
[Does(Act.Read, "care plans", "Looked at care plans", Needs = "records")]
sealed record ListCarePlansRequest(PageAsk Page);

sealed class ListCarePlansHandler(RecordsDb db, CurrentPatient me) : IHandle<ListCarePlansRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListCarePlansRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.CarePlans, ask.Page, ct);
}

sealed class ListCarePlansApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/care-plans", async ([AsParameters] PageAsk page, IHandle<ListCarePlansRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListCarePlans").WithSummary("Care plans, newest first").Produces<Page<CarePlan>>().ProducesProblem(400);
}
