using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListGoals;

/// <summary>What a patient and the clinic want to reach, newest first; what was entered in error is left out.</summary>
[Does(Act.Read, "goals", "Looked at goals", Needs = "records")]
sealed record ListGoalsRequest(PageAsk Page);

sealed class ListGoalsHandler(RecordsDb db, CurrentPatient me) : IHandle<ListGoalsRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListGoalsRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.Goals, ask.Page, ct);
}

sealed class ListGoalsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/goals", async ([AsParameters] PageAsk page, IHandle<ListGoalsRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListGoals").WithSummary("Goals, newest first").Produces<Page<Goal>>().ProducesProblem(400);
}
