using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.MergeCharts;

/// <summary>
/// A records clerk joins two charts of one person: everything of the one follows into the other, once; both chart numbers and all numbers of other systems lead
/// there; nobody's grant opens more than before. It can be undone for 30 days.
/// </summary>
/// <param name="Survivor">The chart that stays: one of the pair.</param>
[Does(Act.Update, "merge", "Joined this record with another of the same person", Needs = "merge", StepUp = true)]
sealed record MergeChartsRequest(Guid Pair, Guid? Survivor, string? Reason);

sealed record MergeChartsBody(Guid? Survivor, string? Reason);

sealed record MergedCharts(Guid Merge, Guid Survivor, Guid Absorbed);

sealed class MergeChartsRules : AbstractValidator<MergeChartsRequest>
{
    public MergeChartsRules()
    {
        RuleFor(r => r.Survivor).NotEmpty().WithMessage("Choose the chart that stays.");
        RuleFor(r => r.Reason).NotEmpty().WithMessage("Say how you know that this is one person.").MaximumLength(500).WithMessage("Use at most 500 characters.");
    }
}

sealed class MergeChartsHandler(IdentityDb db, CurrentStaff staff, ChartJoining joining, RequestScope scope, IPatientDoor door) : IHandle<MergeChartsRequest, MergedCharts>
{
    public async Task<Outcome<MergedCharts>> Handle(MergeChartsRequest ask, CancellationToken ct)
    {
        if (!staff.May("merge") || await db.DuplicatePairs.AsNoTracking().SingleOrDefaultAsync(p => p.Id == ask.Pair, ct) is not { } pair) return Outcome.NotFound;
        if (ask.Survivor is not { } into || into != pair.OneId && into != pair.OtherId) return Outcome.Invalid("survivor", "Choose one of the two charts.");
        var from = into == pair.OneId ? pair.OtherId : pair.OneId;
        (scope.AboutPatient, scope.AlsoAboutPatient) = (into, from);
        // Their own chart nobody joins with anything; a protected one only who has opened it with a reason.
        if ((await door.ClosedTo(scope.Actor, [from, into], ct)).FirstOrDefault() is { Value: { } closed } chart)
        {
            (scope.ClosedChart, scope.AboutPatient) = (chart.Key, chart.Key);
            return closed.Refusal;
        }
        scope.Purpose = $"merge: {ask.Reason!.Trim()}";
        return (await joining.Merge(pair, from, into, ask.Reason.Trim(), ct)).Refused(out var refusal, out var merge) ? refusal : new MergedCharts(merge, into, from);
    }
}

/// <summary>The two that are about to be joined, so that the right one stays.</summary>
[Does(Act.Read, "merge", "Compared this record with another that may be the same person’s", Needs = "merge")]
sealed record ChartsToMergeRequest(Guid Pair);

sealed record ChartToMerge(Guid Id, string Name, string ChartNumber, DateOnly BirthDate, string? Username);

sealed record ChartsToMerge(IReadOnlyList<ChartToMerge> Charts) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Charts.Select(c => c.Id);
}

sealed class ChartsToMergeHandler(IdentityDb db, CurrentStaff staff) : IHandle<ChartsToMergeRequest, ChartsToMerge>
{
    public async Task<Outcome<ChartsToMerge>> Handle(ChartsToMergeRequest ask, CancellationToken ct)
    {
        if (!staff.May("merge") || await db.DuplicatePairs.AsNoTracking().SingleOrDefaultAsync(p => p.Id == ask.Pair, ct) is not { } pair) return Outcome.NotFound;
        return new ChartsToMerge(await db.Patients.AsNoTracking().Where(p => p.Id == pair.OneId || p.Id == pair.OtherId).OrderBy(p => p.RegisteredAt).ThenBy(p => p.Id)
            .Select(p => new ChartToMerge(p.Id, p.Name, p.ChartNumber, p.BirthDate, db.Accounts.Where(a => a.PatientId == p.Id).Select(a => a.UserName).FirstOrDefault())).ToListAsync(ct));
    }
}

sealed class MergeChartsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/duplicates/{pair:guid}/merge", async (Guid pair, MergeChartsBody body, IHandle<MergeChartsRequest, MergedCharts> merge, CancellationToken ct) =>
                (await merge.Handle(new(pair, body.Survivor, body.Reason), ct)).ToHttp())
           .WithName("MergeCharts").Produces<MergedCharts>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
}
