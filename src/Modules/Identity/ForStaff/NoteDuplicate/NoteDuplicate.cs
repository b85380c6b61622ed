using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.NoteDuplicate;

/// <summary>A staff member notes two charts, by their numbers, that may be one person's; noted twice, it is the same pair, and one that was told apart is open again.</summary>
[Does(Act.Create, "duplicates", "Noted that this record may be a duplicate", Needs = "merge")]
sealed record NoteDuplicateRequest(string? One, string? Other);

sealed record NotedDuplicate(Guid Id, int Score);

sealed class NoteDuplicateRules : AbstractValidator<NoteDuplicateRequest>
{
    public NoteDuplicateRules()
    {
        RuleFor(r => r.One).NotEmpty().WithMessage("Enter a chart number.").MaximumLength(40);
        RuleFor(r => r.Other).NotEmpty().WithMessage("Enter the other chart’s number.").MaximumLength(40);
    }
}

sealed class NoteDuplicateHandler(IdentityDb db, CurrentStaff staff, RequestScope scope, IPatientDoor door, TimeProvider clock) : IHandle<NoteDuplicateRequest, NotedDuplicate>
{
    public async Task<Outcome<NotedDuplicate>> Handle(NoteDuplicateRequest ask, CancellationToken ct)
    {
        if (await Find(ask.One, ct) is not { } one) return Outcome.Invalid("one", "There is no chart with this number.");
        if (await Find(ask.Other, ct) is not { } other) return Outcome.Invalid("other", "There is no chart with this number.");
        if (one.Id == other.Id) return Outcome.Invalid("other", "Both numbers lead to one chart: it is one already.");
        if ((await door.ClosedTo(scope.Actor, [one.Id, other.Id], ct)).FirstOrDefault() is { Value: { } closed } chart)
        {
            (scope.ClosedChart, scope.AboutPatient) = (chart.Key, chart.Key);
            return closed.Refusal;
        }

        (scope.AboutPatient, scope.AlsoAboutPatient) = (one.Id, other.Id);
        var noted = DuplicatePair.Of(Ids.New(clock), one.Id, other.Id, ChartMatch.Of(PersonFacts.Of(one, []), PersonFacts.Of(other, [])).Score, staff.Name, clock.GetUtcNow());
        return await db.OneByOne<Outcome<NotedDuplicate>>(noted.OneId, async () =>
        {
            var known = await db.DuplicatePairs.SingleOrDefaultAsync(p => p.OneId == noted.OneId && p.OtherId == noted.OtherId, ct);
            if (known is null) db.Add(known = noted);
            else (known.State, known.DecidedAt, known.DecidedById, known.DecidedByName, known.Note) = (DuplicateState.Open, null, null, null, null);
            var answer = new NotedDuplicate(known.Id, known.Score);
            return await db.TrySave(answer, ct) is Saved.Done ? answer : Outcome.Stale();
        }, ct);
    }

    /// <summary>The number of a chart that was joined leads to the one that stayed.</summary>
    async Task<Patient?> Find(string? number, CancellationToken ct)
    {
        // As it is read aloud: in any case, with a blank or nothing for the dash.
        var (typed, clean) = ((number ?? "").Trim().ToUpperInvariant().Replace(' ', '-'), Codes.Clean(number ?? ""));
        var dashed = clean.Length is 8 ? $"{clean[..4]}-{clean[4..]}" : typed;
        var found = await db.Patients.AsNoTracking().Where(p => p.ChartNumber == typed || p.ChartNumber == dashed).OrderBy(p => p.ChartNumber == typed ? 0 : 1).FirstOrDefaultAsync(ct);
        return found is { MergedIntoId: { } into } ? await db.Patients.AsNoTracking().SingleAsync(p => p.Id == into, ct) : found;
    }
}

sealed class NoteDuplicateApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/duplicates", async (NoteDuplicateRequest ask, IHandle<NoteDuplicateRequest, NotedDuplicate> note, CancellationToken ct) =>
                (await note.Handle(ask, ct)).ToHttp(n => Results.Json(n, statusCode: StatusCodes.Status201Created)))
           .WithName("NoteDuplicate").Produces<NotedDuplicate>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(412);
}
