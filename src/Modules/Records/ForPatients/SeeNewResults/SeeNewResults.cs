using System.Text.Json;
using PatientPortal.Records.Data;
using PatientPortal.Records.Domain;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.ForPatients.SeeNewResults;

/// <summary>What was released since the patient last looked: how many, and the newest three by name.</summary>
[Does(Act.Read, "results", "Saw the names of new test results", Needs = "records")]
sealed record SeeNewResultsRequest;

sealed record NewResults(int Count, IReadOnlyList<NewResult> Newest);

sealed record NewResult(Guid Id, string Name, string? Collected, int Flagged);

sealed class SeeNewResultsHandler(RecordsDb db, CurrentPatient me, TimeProvider clock) : IHandle<SeeNewResultsRequest, NewResults>
{
    static readonly Func<RecordsDb, Guid, DateTimeOffset, IAsyncEnumerable<byte[]>> Newest = EF.CompileAsyncQuery(
        (RecordsDb db, Guid patient, DateTimeOffset now) => db.Results
            .Where(r => r.PatientId == patient && r.NewSince != null && r.Shown && (r.HeldUntil == null || r.HeldUntil <= now))
            .OrderByDescending(r => r.Effective).Take(Most).Select(r => r.Sheet));

    const int Shown = 3, Most = 50;

    public async Task<Outcome<NewResults>> Handle(SeeNewResultsRequest ask, CancellationToken ct)
    {
        var (count, newest) = (0, new List<NewResult>());
        await foreach (var json in Newest(db, me.Id, clock.GetUtcNow()).WithCancellation(ct))
            if (count++ < Shown && JsonSerializer.Deserialize(json, RecordsJson.Relaxed.ResultSheet) is { } sheet)
                newest.Add(new(sheet.Id, sheet.Name, sheet.Collected?.Text, sheet.Flagged));
        return new NewResults(count, newest);
    }
}

sealed class NewResultsPart(IHandle<SeeNewResultsRequest, NewResults> see) : IHomePart
{
    public string Name => "newResults";

    public async Task<object?> Read(CancellationToken ct) => (await see.Handle(new(), ct)).Refused(out _, out var results) ? null : results;
}
