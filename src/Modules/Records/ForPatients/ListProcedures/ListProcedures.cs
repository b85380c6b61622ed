using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListProcedures;

/// <summary>What was done for a patient, newest first; what was entered in error is left out.</summary>
[Does(Act.Read, "procedures", "Looked at procedures", Needs = "records")]
sealed record ListProceduresRequest(PageAsk Page);

sealed class ListProceduresHandler(RecordsDb db, CurrentPatient me) : IHandle<ListProceduresRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListProceduresRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.Procedures, ask.Page, ct);
}

sealed class ListProceduresApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/procedures", async ([AsParameters] PageAsk page, IHandle<ListProceduresRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListProcedures").WithSummary("Procedures, newest first").Produces<Page<Procedure>>().ProducesProblem(400);
}
