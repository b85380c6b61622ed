using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListNotes;

/// <summary>Clinicians' notes, newest first; unsigned ones and those entered in error are left out.</summary>
[Does(Act.Read, "clinical notes", "Looked at clinical notes", Needs = "records")]
sealed record ListNotesRequest(PageAsk Page);

sealed class ListNotesHandler(RecordsDb db, CurrentPatient me) : IHandle<ListNotesRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListNotesRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.Notes, ask.Page, ct);
}

sealed class ListNotesApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/notes", async ([AsParameters] PageAsk page, IHandle<ListNotesRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListNotes").WithSummary("Clinical notes, newest first").Produces<Page<Note>>().ProducesProblem(400);
}
