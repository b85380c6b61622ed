using PatientPortal.Records.Data;

namespace PatientPortal.Records.ForPatients.DownloadReport;

/// <summary>A file that came with a released result, such as the laboratory's PDF. A held or unfinished result has no files either.</summary>
/// <param name="Number">Its place among what is attached to the report, from 0.</param>
[Does(Act.Read, "result", "Downloaded the report of a test result", Needs = "records")]
sealed record DownloadReportRequest(Guid Id, int Number);

sealed class DownloadReportHandler(RecordsDb db, CurrentPatient me, TimeProvider clock) : IHandle<DownloadReportRequest, FileContent>
{
    public async Task<Outcome<FileContent>> Handle(DownloadReportRequest ask, CancellationToken ct)
    {
        // A cancelled test is listed, and what was attached to it is not for anybody.
        if (!await db.Results.SeenBy(me.Id, clock.GetUtcNow()).AnyAsync(r => r.Id == ask.Id && r.Status != "cancelled", ct)) return Outcome.NotFound;
        return await db.ContentOf(ask.Id, ask.Number, ct) is { } content ? content : Outcome.NotFound;
    }
}

sealed class DownloadReportApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/results/{id:guid}/content/{number:int}", async (Guid id, int number, IHandle<DownloadReportRequest, FileContent> read, CancellationToken ct) =>
                (await read.Handle(new(id, number), ct)).ToHttp(file => file))
           .WithName("DownloadReport").WithSummary("A file that came with the result").Produces(200).ProducesProblem(404);
}
