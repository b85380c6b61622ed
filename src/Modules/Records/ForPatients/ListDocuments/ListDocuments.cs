using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListDocuments;

/// <summary>Documents on file, newest first, with what is attached to each.</summary>
[Does(Act.Read, "documents", "Looked at documents", Needs = "records")]
sealed record ListDocumentsRequest(PageAsk Page);

sealed class ListDocumentsHandler(RecordsDb db, CurrentPatient me) : IHandle<ListDocumentsRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListDocumentsRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.Documents, ask.Page, ct);
}

sealed class ListDocumentsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/documents", async ([AsParameters] PageAsk page, IHandle<ListDocumentsRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListDocuments").WithSummary("Documents, newest first").Produces<Page<Document>>().ProducesProblem(400);
}
