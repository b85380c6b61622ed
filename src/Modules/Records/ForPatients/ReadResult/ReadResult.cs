using System.Text.Json;
using PatientPortal.Records.Data;
using PatientPortal.Records.Domain;
using PatientPortal.Records.Domain.Fhir;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.ForPatients.ReadResult;

/// <summary>One panel, with the words of its report. Reading it takes the mark "new" off it; a held or unfinished one is not there.</summary>
[Does(Act.Read, "result", "Read a test result", Needs = "records")]
sealed record ReadResultRequest(Guid Id);

/// <param name="Trends">Codes of analytes that have earlier values to compare with.</param>
/// <param name="Followed">The values over time of the analyte that needs it most; empty when none has a past.</param>
sealed record OpenResult(byte[] Json, string? Words, IReadOnlySet<string> Trends, IReadOnlyList<TrendValue> Followed)
{
    public ResultSheet Sheet { get; } = JsonSerializer.Deserialize(Json, RecordsJson.Relaxed.ResultSheet)!;
}

sealed class ReadResultHandler(RecordsDb db, CurrentPatient me, TimeProvider clock) : IHandle<ReadResultRequest, OpenResult>
{
    public async Task<Outcome<OpenResult>> Handle(ReadResultRequest ask, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.Results.SeenBy(me.Id, now).SingleOrDefaultAsync(r => r.Id == ask.Id, ct) is not { } result) return Outcome.NotFound;
        var trends = await db.Measurements.Where(m => m.PatientId == me.Id && m.Shown && db.Measurements.Any(own => own.OwnerId == ask.Id && own.Code == m.Code))
            .GroupBy(m => m.Code).Where(g => g.Count() > 1).Select(g => g.Key).ToListAsync(ct);
        if (result.NewSince is not null)
        {
            (result.NewSince, result.SeenAt) = (null, now);
            await db.Save(ct);
        }
        var open = new OpenResult(result.Sheet, result.Words, trends.ToHashSet(), []);
        var follow = open.Sheet.Values.Where(v => v is { Value: not null, Code: { } code } && open.Trends.Contains(code)).OrderByDescending(v => v.Flag?.IsAbnormal()).FirstOrDefault();
        return follow is null ? open : open with { Followed = await db.PointsOf(me.Id, follow.Code!, Ends.First, Ends.Last, now, ct) };
    }
}

sealed class ReadResultApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/results/{id:guid}", async (Guid id, IHandle<ReadResultRequest, OpenResult> read, CancellationToken ct) =>
                (await read.Handle(new(id), ct)).ToHttp(r => r.Words is null ? new ReadyItem(r.Json) : new ReadyItem(Ready.With([.. "\"words\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(r.Words), .. ","u8], r.Json))))
           .WithName("ReadResult").WithSummary("One panel with its values; `words` is the text of its report").Produces<ResultSheet>().ProducesProblem(404);
}
