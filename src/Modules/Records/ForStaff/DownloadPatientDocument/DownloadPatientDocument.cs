using PatientPortal.Records.Data;

namespace PatientPortal.Records.ForStaff.DownloadPatientDocument;

/// <summary>One attachment of a patient's note or document as a file, for staff.</summary>
/// <param name="Number">Its place in the document, from 0.</param>
[Does(Act.Read, "document", "Downloaded a document", Needs = "results")]
sealed record DownloadPatientDocumentRequest(Guid Id, int Number);

sealed class DownloadPatientDocumentHandler(RecordsDb db, CurrentStaff staff, CurrentPatient patient) : IHandle<DownloadPatientDocumentRequest, FileContent>
{
    public async Task<Outcome<FileContent>> Handle(DownloadPatientDocumentRequest ask, CancellationToken ct)
    {
        _ = staff;
        if (!await db.Entries.AnyAsync(e => e.Id == ask.Id && e.PatientId == patient.Id && e.Shown, ct)) return Outcome.NotFound;
        return await db.ContentOf(ask.Id, ask.Number, ct) is { } content ? content : Outcome.NotFound;
    }
}

sealed class DownloadPatientDocumentApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/patients/{patient}/documents/{id:guid}/content/{number:int}", async (Guid id, int number, IHandle<DownloadPatientDocumentRequest, FileContent> read, CancellationToken ct) =>
                (await read.Handle(new(id, number), ct)).ToHttp(file => file))
           .WithName("DownloadPatientDocument").WithSummary("One attachment, as a file").Produces(200).ProducesProblem(404);
}
