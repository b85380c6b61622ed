using System.Text.Json;
using PatientPortal.Records.Data;
using PatientPortal.Records.Domain;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.ForStaff.ReadPatientResult;

/// <summary>One panel of a patient for staff, whatever its state, with what the patient sees of it and every hold it ever had. Takes no mark off it.</summary>
[Does(Act.Read, "result", "Read a test result", Needs = "results")]
sealed record ReadPatientResultRequest(Guid Id);

/// <param name="Release">"released", "held" or "unfinished".</param>
sealed record StaffResult(byte[] Json, string? Words, string Release, DateTimeOffset? HeldUntil, DateTimeOffset? SeenAt, IReadOnlyList<HoldLine> Holds)
{
    public ResultSheet Sheet { get; } = JsonSerializer.Deserialize(Json, RecordsJson.Relaxed.ResultSheet)!;
}

sealed record HoldLine(string Reason, string By, DateTimeOffset From, DateTimeOffset Until, DateTimeOffset? EndedAt, string? EndedBy, string? EndReason);

sealed class ReadPatientResultHandler(RecordsDb db, CurrentStaff staff, CurrentPatient patient, TimeProvider clock) : IHandle<ReadPatientResultRequest, StaffResult>
{
    public async Task<Outcome<StaffResult>> Handle(ReadPatientResultRequest ask, CancellationToken ct)
    {
        _ = staff;
        if (await db.Results.AsNoTracking().SingleOrDefaultAsync(r => r.Id == ask.Id && r.PatientId == patient.Id, ct) is not { } result) return Outcome.NotFound;
        var holds = await db.Holds.AsNoTracking().Where(h => h.ResultId == ask.Id).OrderByDescending(h => h.From)
            .Select(h => new HoldLine(h.Reason, h.StaffName, h.From, h.Until, h.EndedAt, h.EndedBy, h.EndReason)).ToListAsync(ct);
        var held = result.HeldUntil > clock.GetUtcNow();
        return new StaffResult(result.Sheet, result.Words, !result.Shown ? "unfinished" : held ? "held" : "released", held ? result.HeldUntil : null, result.SeenAt, holds);
    }
}

sealed class ReadPatientResultApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/patients/{patient}/results/{id:guid}", async (Guid id, IHandle<ReadPatientResultRequest, StaffResult> read, TimeProvider clock, CancellationToken ct) =>
                (await read.Handle(new(id), ct)).ToHttp(r => new ReadyItem(Ready.With(
                    [.. StaffResults.State(r.Release is not "unfinished", r.HeldUntil, r.SeenAt, clock.GetUtcNow()), .. "\"words\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(r.Words),
                        .. ",\"holds\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(r.Holds, JsonSerializerOptions.Web), .. ","u8], r.Json))))
           .WithName("ReadPatientResult").WithSummary("One panel, with its holds").Produces<ResultSheet>().ProducesProblem(404);
}
