using System.Globalization;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ListDuplicates;

/// <summary>Pairs of charts that may be one person's, the most alike first; those that somebody decided about are kept with who, when and why.</summary>
/// <param name="State">"open" (what is asked for without it) or "dismissed".</param>
[Does(Act.Read, "duplicates", "Saw this record in the list of possible duplicates", Needs = "merge")]
sealed record ListDuplicatesRequest(string? State, int? Limit, string? Cursor);

sealed record DuplicatePatient(Guid Id, string Name, string ChartNumber, DateOnly BirthDate);

/// <param name="Score">0 to 100.</param>
/// <param name="Sure">As sure as facts can be.</param>
/// <param name="FoundBy">Who noted it; null when the portal found it.</param>
/// <param name="Note">Why they are two people, when somebody said so.</param>
sealed record DuplicateLine(
    Guid Id, int Score, bool Sure, DuplicatePatient One, DuplicatePatient Other, DateTimeOffset FoundAt, string? FoundBy, string? DecidedBy, DateTimeOffset? DecidedAt, string? Note);

sealed record Duplicates(IReadOnlyList<DuplicateLine> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.SelectMany(i => new[] { i.One.Id, i.Other.Id });

    /// <summary>Who they are is all that the list says of anybody; notes are about what is in the charts.</summary>
    object IAboutPatients.Without(IReadOnlySet<Guid> closed) =>
        this with { Items = [.. Items.Select(i => closed.Contains(i.One.Id) || closed.Contains(i.Other.Id) ? i with { Note = null } : i)] };
}

sealed class ListDuplicatesRules : AbstractValidator<ListDuplicatesRequest>
{
    public ListDuplicatesRules() => RuleFor(r => r.State).Must(s => string.IsNullOrEmpty(s) || s is "open" or "dismissed").WithMessage("One of open, dismissed.");
}

sealed class ListDuplicatesHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings) : IHandle<ListDuplicatesRequest, Duplicates>
{
    public async Task<Outcome<Duplicates>> Handle(ListDuplicatesRequest ask, CancellationToken ct)
    {
        if (!staff.May("merge")) return Outcome.NotFound;
        var (score, id) = (int.MaxValue, Guid.Empty);
        if (ask.Cursor is not null
            && (ask.Cursor.Split('.') is not [var points, var last] || !int.TryParse(points, NumberStyles.None, CultureInfo.InvariantCulture, out score) || !Guid.TryParseExact(last, "N", out id)))
            return Cursor.Bad;
        var (take, zone) = (PageAsk.Of(ask.Limit).Take, Ui.Clinic.Of(settings).Zone);
        var state = ask.State is "dismissed" ? DuplicateState.Dismissed : DuplicateState.Open;
        var rows = await (
            from d in db.DuplicatePairs.AsNoTracking()
            join one in db.Patients on d.OneId equals one.Id
            join other in db.Patients on d.OtherId equals other.Id
            where d.State == state && one.MergedIntoId == null && other.MergedIntoId == null
            where d.Score < score || (d.Score == score && d.Id > id)
            orderby d.Score descending, d.Id
            select new
            {
                d, One = new DuplicatePatient(one.Id, one.Name, one.ChartNumber, one.BirthDate), Other = new DuplicatePatient(other.Id, other.Name, other.ChartNumber, other.BirthDate),
            }).Take(take + 1).ToListAsync(ct);
        return new Duplicates(
            [.. rows.Take(take).Select(r => new DuplicateLine(r.d.Id, r.d.Score, r.d.Score >= ChartMatch.Sure, r.One, r.Other, Zones.In(r.d.FoundAt, zone), r.d.FoundBy,
                r.d.DecidedByName, r.d.DecidedAt is { } at ? Zones.In(at, zone) : null, r.d.Note))],
            rows.Count > take ? string.Create(CultureInfo.InvariantCulture, $"{rows[take - 1].d.Score}.{rows[take - 1].d.Id:N}") : null);
    }
}

/// <summary>How many wait for a decision.</summary>
[Does(Act.Read, "duplicates", "Counted the possible duplicates", Needs = "merge", Trail = false, Because = "A number; nobody is shown.")]
sealed record CountDuplicatesRequest;

sealed class CountDuplicatesHandler(IdentityDb db, CurrentStaff staff) : IHandle<CountDuplicatesRequest, int>
{
    public async Task<Outcome<int>> Handle(CountDuplicatesRequest ask, CancellationToken ct) => !staff.May("merge") ? Outcome.NotFound : await (
        from d in db.DuplicatePairs
        join one in db.Patients on d.OneId equals one.Id
        join other in db.Patients on d.OtherId equals other.Id
        where d.State == DuplicateState.Open && one.MergedIntoId == null && other.MergedIntoId == null
        select d.Id).CountAsync(ct);
}

sealed class ListDuplicatesApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/duplicates", async (string? state, int? limit, string? cursor, IHandle<ListDuplicatesRequest, Duplicates> list, CancellationToken ct) =>
                (await list.Handle(new(state, limit, cursor), ct)).ToHttp())
           .WithName("ListDuplicates").Produces<Duplicates>().ProducesProblem(400).ProducesProblem(403);
}
