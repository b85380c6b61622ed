using PatientPortal.Records.Data;

namespace PatientPortal.Records.ForPatients.DownloadDocument;

/// <summary>One attachment of a note or document as a file. What is not shown in a list is not there to download either.</summary>
/// <param name="Number">Its place in the document, from 0.</param>
[Does(Act.Read, "document", "Downloaded a document", Needs = "records")]
sealed record DownloadDocumentRequest(Guid Id, int Number);

sealed class DownloadDocumentHandler(RecordsDb db, CurrentPatient me) : IHandle<DownloadDocumentRequest, FileContent>
{
    public async Task<Outcome<FileContent>> Handle(DownloadDocumentRequest ask, CancellationToken ct)
    {
        if (!await db.Entries.AnyAsync(e => e.Id == ask.Id && e.PatientId == me.Id && e.Shown, ct)) return Outcome.NotFound;
        return await db.ContentOf(ask.Id, ask.Number, ct) is { } content ? content : Outcome.NotFound;
    }
}

sealed class DownloadDocumentApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/documents/{id:guid}/content/{number:int}", async (Guid id, int number, IHandle<DownloadDocumentRequest, FileContent> read, CancellationToken ct) =>
                (await read.Handle(new(id, number), ct)).ToHttp(file => file))
           .WithName("DownloadDocument").WithSummary("One attachment, as a file").Produces(200).ProducesProblem(404);
}
