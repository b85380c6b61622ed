using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.UndoMerge;

/// <summary>Two charts that were joined are parted again, within 30 days: what followed goes back, with accounts and grants as they were; what arrived since stays where it is.</summary>
[Does(Act.Update, "merge", "Parted this record from another that it had been joined with", Needs = "merge", StepUp = true)]
sealed record UndoMergeRequest(Guid Merge, string? Reason);

sealed record UndoMergeBody(string? Reason);

sealed class UndoMergeRules : AbstractValidator<UndoMergeRequest>
{
    public UndoMergeRules() => RuleFor(r => r.Reason).NotEmpty().WithMessage("Say how you know that these are two people.").MaximumLength(500).WithMessage("Use at most 500 characters.");
}

sealed class UndoMergeHandler(IdentityDb db, CurrentStaff staff, ChartJoining joining, RequestScope scope, IPatientDoor door) : IHandle<UndoMergeRequest, Done>
{
    public async Task<Outcome<Done>> Handle(UndoMergeRequest ask, CancellationToken ct)
    {
        if (!staff.May("merge") || await db.ChartMerges.AsNoTracking().SingleOrDefaultAsync(m => m.Id == ask.Merge, ct) is not { } merge) return Outcome.NotFound;
        (scope.AboutPatient, scope.AlsoAboutPatient) = (merge.IntoId, merge.FromId);
        if ((await door.ClosedTo(scope.Actor, [merge.FromId, merge.IntoId], ct)).FirstOrDefault() is { Value: { } closed } chart)
        {
            (scope.ClosedChart, scope.AboutPatient) = (chart.Key, chart.Key);
            return closed.Refusal;
        }
        scope.Purpose = $"merge: {ask.Reason!.Trim()}";
        return await joining.Undo(merge, ask.Reason.Trim(), ct);
    }
}

/// <summary>The merge that is about to be undone, so that it is the right one.</summary>
[Does(Act.Read, "merge", "Looked at a merge of this record", Needs = "merge")]
sealed record MergeToUndoRequest(Guid Merge);

/// <param name="WhyNot">What stands against it; null when nothing does.</param>
sealed record MergeToUndo(Guid IntoId, Guid FromId, string Name, string FromNumber, string IntoNumber, string By, DateTimeOffset At, string Reason, DateTimeOffset UndoUntil, string? WhyNot, string? NextStep) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => [IntoId, FromId];
}

sealed class MergeToUndoHandler(IdentityDb db, CurrentStaff staff, ChartJoining joining, IConfiguration settings, TimeProvider clock) : IHandle<MergeToUndoRequest, MergeToUndo>
{
    public async Task<Outcome<MergeToUndo>> Handle(MergeToUndoRequest ask, CancellationToken ct)
    {
        if (!staff.May("merge") || await db.ChartMerges.AsNoTracking().SingleOrDefaultAsync(m => m.Id == ask.Merge, ct) is not { } merge) return Outcome.NotFound;
        var charts = await db.Patients.AsNoTracking().Where(p => p.Id == merge.FromId || p.Id == merge.IntoId).ToDictionaryAsync(p => p.Id, ct);
        var (zone, no) = (Ui.Clinic.Of(settings).Zone, await joining.WhyNotUndo(merge, clock.GetUtcNow(), ct));
        return new MergeToUndo(merge.IntoId, merge.FromId, charts[merge.IntoId].Name, charts[merge.FromId].ChartNumber, charts[merge.IntoId].ChartNumber, merge.ByName,
            Zones.In(merge.At, zone), merge.Reason, Zones.In(merge.UndoUntil, zone), no?.Detail, no?.NextStep);
    }
}

sealed class UndoMergeApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/merges/{merge:guid}/undo", async (Guid merge, UndoMergeBody body, IHandle<UndoMergeRequest, Done> undo, CancellationToken ct) =>
                (await undo.Handle(new(merge, body.Reason), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("UndoMerge").Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(422);
}
