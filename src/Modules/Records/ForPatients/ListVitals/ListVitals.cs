using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListVitals;

/// <summary>A patient's measurements, newest first; a blood pressure keeps its two numbers together.</summary>
[Does(Act.Read, "vital signs", "Looked at vital signs", Needs = "records")]
sealed record ListVitalsRequest(PageAsk Page);

sealed class ListVitalsHandler(RecordsDb db, CurrentPatient me) : IHandle<ListVitalsRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListVitalsRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.Vitals, ask.Page, ct);
}

sealed class ListVitalsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/vitals", async ([AsParameters] PageAsk page, IHandle<ListVitalsRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListVitals").WithSummary("Vital signs, newest first").Produces<Page<Vital>>().ProducesProblem(400);
}
