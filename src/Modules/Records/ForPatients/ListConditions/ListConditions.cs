using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListConditions;

/// <summary>A patient's conditions, newest first: problems, concerns and diagnoses of visits; what was entered in error is left out.</summary>
[Does(Act.Read, "conditions", "Looked at conditions", Needs = "records")]
sealed record ListConditionsRequest(PageAsk Page);

sealed class ListConditionsHandler(RecordsDb db, CurrentPatient me) : IHandle<ListConditionsRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListConditionsRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.Conditions, ask.Page, ct);
}

sealed class ListConditionsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/conditions", async ([AsParameters] PageAsk page, IHandle<ListConditionsRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListConditions").WithSummary("Conditions, newest first").Produces<Page<Condition>>().ProducesProblem(400);
}
