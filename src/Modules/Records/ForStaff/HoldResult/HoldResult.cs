using PatientPortal.Records.Data;
using PatientPortal.Records.Domain;

namespace PatientPortal.Records.ForStaff.HoldResult;

/// <summary>
/// A clinician keeps a result back from the patient, with a reason and an end. It disappears from every surface at once, with the panels that share
/// a value with it, and comes back by itself. One that is held already is refused.
/// </summary>
[Does(Act.Update, "result", "Held a test result back", Needs = "release")]
sealed record HoldResultRequest(Guid Id, string? Reason, DateTimeOffset? Until);

sealed record HeldResult(Guid Id, Guid PatientId, string Reason, string By, DateTimeOffset Until);

sealed class HoldResultRules : AbstractValidator<HoldResultRequest>
{
    public HoldResultRules()
    {
        RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why: the patient may ask for it, and the law wants it.").MaximumLength(500);
        RuleFor(r => r.Until).NotNull().WithMessage("Say until when.");
    }
}

sealed class HoldResultHandler(RecordsDb db, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<HoldResultRequest, HeldResult>
{
    public async Task<Outcome<HeldResult>> Handle(HoldResultRequest ask, CancellationToken ct)
    {
        if (await db.Results.SingleOrDefaultAsync(r => r.Id == ask.Id, ct) is not { } result) return Outcome.NotFound;
        scope.AboutPatient = result.PatientId;
        var now = clock.GetUtcNow();
        var siblings = await db.Results
            .Where(r => r.Id != ask.Id && db.ResultMembers.Any(own => own.ResultId == ask.Id && db.ResultMembers.Any(m => m.ResultId == r.Id && m.Source == own.Source && m.ObservationId == own.ObservationId)))
            .ToListAsync(ct);
        foreach (var held in siblings.Where(s => !(s.HeldUntil > now)).Prepend(result))
        {
            if (Hold.Place(Ids.New(clock), held, ask.Reason!.Trim(), staff.Id, staff.Name, now, ask.Until!.Value).Refused(out var no, out var hold)) return no;
            (held.HeldUntil, held.NewSince) = (hold.Until, null);
            db.Add(hold);
        }
        var answer = new HeldResult(result.Id, result.PatientId, ask.Reason!.Trim(), staff.Name, ask.Until!.Value);
        return await db.TrySave(answer, ct) is Saved.Done ? answer : Outcome.Stale();
    }
}

sealed class HoldResultApi : IStaffApi
{
    internal sealed record Draft(string? Reason, DateTimeOffset? Until);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/results/{id:guid}/hold", async (Guid id, Draft draft, IHandle<HoldResultRequest, HeldResult> hold, CancellationToken ct) =>
                (await hold.Handle(new(id, draft.Reason, draft.Until), ct)).ToHttp())
           .WithName("HoldResult").Produces<HeldResult>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
}
