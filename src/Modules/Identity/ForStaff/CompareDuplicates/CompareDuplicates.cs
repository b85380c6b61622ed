using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.CompareDuplicates;

/// <summary>Two charts side by side, with what speaks for one person and against it, and what joining them would mean.</summary>
[Does(Act.Read, "duplicates", "Compared this record with another that may be the same person’s", Needs = "merge")]
sealed record CompareDuplicatesRequest(Guid Pair);

/// <param name="Reasons">Of the comparison as the charts are now.</param>
/// <param name="State">"open", "merged" or "dismissed".</param>
/// <param name="WhyNot">What stands against joining them; null when nothing does.</param>
/// <param name="NextStep">What to do about that.</param>
sealed record ComparedCharts(Guid Id, int Score, IReadOnlyList<string> Reasons, DuplicateState State, ComparedChart One, ComparedChart Other, string? WhyNot, string? NextStep) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => [One.Id, Other.Id];
}

/// <param name="Numbers">The systems that know the patient, with the last characters of their number.</param>
/// <param name="Username">Of the patient's account, when there is one.</param>
/// <param name="Proxies">How many people may act for the patient.</param>
sealed record ComparedChart(
    Guid Id, string ChartNumber, string Name, DateOnly BirthDate, string? Sex, string? Phone, string? Email, string? Address, bool Deceased, DateTimeOffset RegisteredAt,
    IReadOnlyList<string> Numbers, string? Username, int Proxies);

sealed class CompareDuplicatesHandler(IdentityDb db, ChartJoining joining, CurrentStaff staff, IConfiguration settings) : IHandle<CompareDuplicatesRequest, ComparedCharts>
{
    public async Task<Outcome<ComparedCharts>> Handle(CompareDuplicatesRequest ask, CancellationToken ct)
    {
        if (!staff.May("merge") || await db.DuplicatePairs.AsNoTracking().SingleOrDefaultAsync(p => p.Id == ask.Pair, ct) is not { } pair) return Outcome.NotFound;
        var charts = await db.Patients.AsNoTracking().Where(p => p.Id == pair.OneId || p.Id == pair.OtherId).ToDictionaryAsync(p => p.Id, ct);
        var numbers = (await db.PatientIdentifiers.AsNoTracking().Where(i => i.PatientId == pair.OneId || i.PatientId == pair.OtherId).OrderBy(i => i.System).ToListAsync(ct)).ToLookup(i => i.PatientId);
        var (one, other) = (charts[pair.OneId], charts[pair.OtherId]);
        var (score, reasons) = ChartMatch.Of(Facts(one), Facts(other));
        var no = one.MergedIntoId is not null || other.MergedIntoId is not null
            ? Outcome.Refused("already_merged", "One of these charts was joined with another.", "Look at the merges so far.") : await joining.WhyNot(one, other, ct);
        return new ComparedCharts(pair.Id, score, reasons, pair.State, await Shown(one), await Shown(other), no?.Detail, no?.NextStep);

        PersonFacts Facts(Patient chart) => PersonFacts.Of(chart, [.. numbers[chart.Id].Select(i => i.Fingerprint)]);

        async Task<ComparedChart> Shown(Patient p) => new(
            p.Id, p.ChartNumber, p.Name, p.BirthDate, p.Sex, p.Phone, p.Email, p.Address, p.IsDeceased, Zones.In(p.RegisteredAt, Ui.Clinic.Of(settings).Zone),
            [.. numbers[p.Id].Select(i => $"{i.System} …{(i.Value.Length > 4 ? i.Value[^4..] : "")}")],
            await db.Accounts.Where(a => a.PatientId == p.Id).Select(a => a.UserName).SingleOrDefaultAsync(ct),
            await db.Grants.CountAsync(g => g.PatientId == p.Id && g.RevokedAt == null, ct));
    }
}

sealed class CompareDuplicatesApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/duplicates/{pair:guid}", async (Guid pair, IHandle<CompareDuplicatesRequest, ComparedCharts> compare, CancellationToken ct) => (await compare.Handle(new(pair), ct)).ToHttp())
           .WithName("CompareDuplicates").Produces<ComparedCharts>().ProducesProblem(403).ProducesProblem(404);
}
