using System.Text.Json;
using PatientPortal.Records.Data;
using PatientPortal.Records.Domain;

namespace PatientPortal.Records.ForStaff.ReviewResults;

/// <summary>
/// Results of all patients that need somebody: held ones by their end, or those outside their range that the patient could read for a week and has not.
/// </summary>
/// <param name="Status">"held" (also when not given) or "unseen".</param>
[Does(Act.Read, "results", "Saw a test result in the list of results to follow up", Needs = "release")]
sealed record ReviewResultsRequest(string? Status, PageAsk Page);

sealed record ReviewedResult(
    Guid Id, Guid PatientId, string PatientName, string Name, string? Collected, string Status, int Flagged, DateTimeOffset? HeldUntil, string? HeldBy, string? Reason, DateTimeOffset? NewSince);

sealed record ReviewList(IReadOnlyList<ReviewedResult> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(i => i.PatientId);

    object IAboutPatients.Without(IReadOnlySet<Guid> closed) =>
        this with { Items = [.. Items.Select(i => closed.Contains(i.PatientId) ? i with { Name = "Protected chart", Reason = null, Flagged = 0 } : i)] };
}

sealed class ReviewResultsRules : AbstractValidator<ReviewResultsRequest>
{
    public ReviewResultsRules() => RuleFor(r => r.Status).Must(s => s is null or "held" or "unseen").WithMessage("Choose held or unseen.");
}

sealed class ReviewResultsHandler(RecordsDb db, CurrentStaff staff, TimeProvider clock) : IHandle<ReviewResultsRequest, ReviewList>
{
    public async Task<Outcome<ReviewList>> Handle(ReviewResultsRequest ask, CancellationToken ct)
    {
        _ = staff;
        var (after, id) = (Ends.First, Guid.Empty);
        if (ask.Page.Cursor is not null && !Cursor.TryRead(ask.Page.Cursor, out after, out id)) return Cursor.Bad;
        var now = clock.GetUtcNow();
        var unseenSince = now - ReviewClock.Unseen;
        // Oldest first in both: whoever waits longest stands on top.
        var results = ask.Status is "unseen"
            ? db.Results.Where(r => r.Abnormal && r.Shown && r.NewSince <= unseenSince && !(r.HeldUntil > now)).Select(r => new { Result = r, At = r.NewSince!.Value })
            : db.Results.Where(r => r.HeldUntil > now).Select(r => new { Result = r, At = r.HeldUntil!.Value });
        var rows = await results.AsNoTracking().Where(r => r.At > after || (r.At == after && r.Result.Id.CompareTo(id) > 0)).OrderBy(r => r.At).ThenBy(r => r.Result.Id).Take(ask.Page.Take + 1)
            .Select(r => new
            {
                r.Result.Id, r.Result.PatientId, r.Result.Status, r.Result.HeldUntil, r.Result.NewSince, r.Result.Sheet, r.At,
                Name = db.Patients.Where(p => p.Id == r.Result.PatientId).Select(p => p.Name).FirstOrDefault(),
                Hold = db.Holds.Where(h => h.ResultId == r.Result.Id && h.EndedAt == null).OrderByDescending(h => h.From).Select(h => new { h.StaffName, h.Reason }).FirstOrDefault(),
            }).ToListAsync(ct);
        var items = rows.Take(ask.Page.Take).Select(r =>
        {
            var sheet = JsonSerializer.Deserialize(r.Sheet, RecordsJson.Relaxed.ResultSheet)!;
            return new ReviewedResult(r.Id, r.PatientId, r.Name ?? "Name not known", sheet.Name, sheet.Collected?.Text, r.Status, sheet.Flagged, r.HeldUntil, r.Hold?.StaffName, r.Hold?.Reason, r.NewSince);
        }).ToList();
        return new ReviewList(items, rows.Count > items.Count ? Cursor.Write(rows[items.Count - 1].At, rows[items.Count - 1].Id) : null);
    }
}

sealed class ReviewResultsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/results", async (string? status, [AsParameters] PageAsk page, IHandle<ReviewResultsRequest, ReviewList> review, CancellationToken ct) =>
                (await review.Handle(new(status, page), ct)).ToHttp())
           .WithName("ReviewResults").WithSummary("Held results, or abnormal ones that nobody read").Produces<Page<ReviewedResult>>().ProducesProblem(400);
}
