using PatientPortal.Records.Data;

namespace PatientPortal.Records.ForStaff.DownloadPatientReport;

/// <summary>A file that came with a patient's result, for staff, whatever its state.</summary>
/// <param name="Number">Its place among what is attached to the report, from 0.</param>
[Does(Act.Read, "result", "Downloaded the report of a test result", Needs = "results")]
sealed record DownloadPatientReportRequest(Guid Id, int Number);

sealed class DownloadPatientReportHandler(RecordsDb db, CurrentStaff staff, CurrentPatient patient) : IHandle<DownloadPatientReportRequest, FileContent>
{
    public async Task<Outcome<FileContent>> Handle(DownloadPatientReportRequest ask, CancellationToken ct)
    {
        _ = staff;
        if (!await db.Results.AnyAsync(r => r.Id == ask.Id && r.PatientId == patient.Id, ct)) return Outcome.NotFound;
        return await db.ContentOf(ask.Id, ask.Number, ct) is { } content ? content : Outcome.NotFound;
    }
}

sealed class DownloadPatientReportApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/patients/{patient}/results/{id:guid}/content/{number:int}", async (Guid id, int number, IHandle<DownloadPatientReportRequest, FileContent> read, CancellationToken ct) =>
                (await read.Handle(new(id, number), ct)).ToHttp(file => file))
           .WithName("DownloadPatientReport").WithSummary("A file that came with the result").Produces(200).ProducesProblem(404);
}
