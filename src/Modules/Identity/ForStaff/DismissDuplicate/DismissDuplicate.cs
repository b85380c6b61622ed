using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.DismissDuplicate;

/// <summary>A staff member has found out that two charts are two people's: the pair is not shown again, whatever the nightly comparison finds.</summary>
/// <param name="Note">How they know.</param>
[Does(Act.Update, "duplicates", "Said that this record is another person’s than one like it", Needs = "merge")]
sealed record DismissDuplicateRequest(Guid Pair, string? Note);

sealed record DismissDuplicateBody(string? Note);

sealed class DismissDuplicateRules : AbstractValidator<DismissDuplicateRequest>
{
    public DismissDuplicateRules() => RuleFor(r => r.Note).NotEmpty().WithMessage("Say how you know that these are two people.").MaximumLength(500).WithMessage("Use at most 500 characters.");
}

sealed class DismissDuplicateHandler(IdentityDb db, CurrentStaff staff, RequestScope scope, IPatientDoor door, TimeProvider clock) : IHandle<DismissDuplicateRequest, Done>
{
    public async Task<Outcome<Done>> Handle(DismissDuplicateRequest ask, CancellationToken ct)
    {
        if (!staff.May("merge") || await db.DuplicatePairs.SingleOrDefaultAsync(p => p.Id == ask.Pair, ct) is not { } pair) return Outcome.NotFound;
        (scope.AboutPatient, scope.AlsoAboutPatient) = (pair.OneId, pair.OtherId);
        if ((await door.ClosedTo(scope.Actor, [pair.OneId, pair.OtherId], ct)).FirstOrDefault() is { Value: { } closed } chart)
        {
            (scope.ClosedChart, scope.AboutPatient) = (chart.Key, chart.Key);
            return closed.Refusal;
        }
        if (pair.State is DuplicateState.Merged) return Outcome.Refused("already_merged", "These charts were joined.", "Undo the merge if they are two people.");
        pair.Decide(DuplicateState.Dismissed, staff.Id, staff.Name, ask.Note!.Trim(), clock.GetUtcNow());
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

sealed class DismissDuplicateApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/duplicates/{pair:guid}/dismiss", async (Guid pair, DismissDuplicateBody body, IHandle<DismissDuplicateRequest, Done> dismiss, CancellationToken ct) =>
                (await dismiss.Handle(new(pair, body.Note), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("DismissDuplicate").Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(422);
}
