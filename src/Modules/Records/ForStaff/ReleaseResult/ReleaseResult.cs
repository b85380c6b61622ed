using PatientPortal.Records.Contracts;
using PatientPortal.Records.Data;

namespace PatientPortal.Records.ForStaff.ReleaseResult;

/// <summary>Staff end a hold before its time, with a reason: the patient sees the result at once and is told. One that is not held is refused.</summary>
[Does(Act.Update, "result", "Released a test result", Needs = "release")]
sealed record ReleaseResultRequest(Guid Id, string? Reason);

sealed record ReleasedResult(Guid Id, Guid PatientId, DateTimeOffset ReleasedAt);

sealed class ReleaseResultRules : AbstractValidator<ReleaseResultRequest>
{
    public ReleaseResultRules() => RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why the hold is over.").MaximumLength(500);
}

sealed class ReleaseResultHandler(RecordsDb db, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<ReleaseResultRequest, ReleasedResult>
{
    public async Task<Outcome<ReleasedResult>> Handle(ReleaseResultRequest ask, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.Results.SingleOrDefaultAsync(r => r.Id == ask.Id, ct) is not { } result) return Outcome.NotFound;
        scope.AboutPatient = result.PatientId;
        if (!(result.HeldUntil > now)) return Outcome.Refused("not_held", "This result is not held.", "The patient sees it as soon as it is final.");

        foreach (var hold in await db.Holds.Where(h => h.ResultId == ask.Id && h.EndedAt == null).ToListAsync(ct))
            (hold.EndedAt, hold.EndedBy, hold.EndReason) = (now, staff.Name, ask.Reason!.Trim());
        result.HeldUntil = null;
        if (result.Shown)
        {
            (result.NewSince, result.SeenAt) = (now, null);
            db.Announce(new ResultsReleased(Ids.New(clock), result.PatientId, 1), result.PatientId);
        }
        var answer = new ReleasedResult(result.Id, result.PatientId, now);
        return await db.TrySave(answer, ct) is Saved.Done ? answer : Outcome.Stale();
    }
}

sealed class ReleaseResultApi : IStaffApi
{
    internal sealed record Draft(string? Reason);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/results/{id:guid}/release", async (Guid id, Draft draft, IHandle<ReleaseResultRequest, ReleasedResult> release, CancellationToken ct) =>
                (await release.Handle(new(id, draft.Reason), ct)).ToHttp())
           .WithName("ReleaseResult").Produces<ReleasedResult>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
}
