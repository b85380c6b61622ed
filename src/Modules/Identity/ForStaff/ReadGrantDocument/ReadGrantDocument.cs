using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.ReadGrantDocument;

/// <summary>The paper that an access rests on, as it was filed; always a download, never shown inside the portal.</summary>
[Does(Act.Read, "document", "Downloaded the paper that somebody's access rests on", Needs = "proxies")]
sealed record ReadGrantDocumentRequest(Guid Document);

sealed record FiledPaper(string ContentType, byte[] Content);

sealed class ReadGrantDocumentHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff) : IHandle<ReadGrantDocumentRequest, FiledPaper>
{
    public async Task<Outcome<FiledPaper>> Handle(ReadGrantDocumentRequest ask, CancellationToken ct) =>
        staff.May("proxies") && await db.GrantDocuments.AsNoTracking().SingleOrDefaultAsync(d => d.Id == ask.Document && d.PatientId == patient.Id, ct) is { } found
            ? new FiledPaper(found.ContentType, found.Content) : Outcome.NotFound;
}

sealed class ReadGrantDocumentApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/patients/{patient}/proxy-documents/{document:guid}", async (Guid document, IHandle<ReadGrantDocumentRequest, FiledPaper> read, CancellationToken ct) =>
                // The name is the portal's: what somebody called their file goes into no header.
                (await read.Handle(new(document), ct)).ToHttp(d => Results.File(d.Content, d.ContentType, "document" + d.ContentType switch { "application/pdf" => ".pdf", "image/png" => ".png", _ => ".jpg" })))
           .WithName("ReadGrantDocument").Produces(200).ProducesProblem(403).ProducesProblem(404);
}
