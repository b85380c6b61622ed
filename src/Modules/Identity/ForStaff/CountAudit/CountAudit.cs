using System.Globalization;
using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.CountAudit;

/// <summary>The trail of a period counted by person, chart, thing or outcome, the most first: who opened unusually many charts shows here.</summary>
/// <param name="By">"actor", "patient", "what" or "outcome".</param>
/// <param name="From">The clinic's day; 29 days before <paramref name="To"/> when not given.</param>
/// <param name="To">Today when not given.</param>
[StandsBeforeChart, Does(Act.Read, "audit", "Read a report on the audit trail", Needs = "audit")]
sealed record CountAuditRequest(string? By, DateOnly? From, DateOnly? To, int? Limit, string? Cursor);

/// <param name="From">The first day that was counted.</param>
/// <param name="To">The last.</param>
sealed record AuditReport(string By, DateOnly From, DateOnly To, IReadOnlyList<AuditReportLine> Items, string? Next);

/// <param name="Key">An id, a thing or an outcome.</param>
/// <param name="Unusual">Break-glass and support views.</param>
/// <param name="Patients">Different charts.</param>
sealed record AuditReportLine(string Key, string Name, int Reads, int Changes, int Refused, int Unusual, int Patients, DateTimeOffset LastAt);

sealed class CountAuditRules : AbstractValidator<CountAuditRequest>
{
    /// <summary>A quarter: counting reads every row of the period.</summary>
    public const int MostDays = 92;

    public CountAuditRules()
    {
        RuleFor(r => r.By).Must(b => Enum.TryParse<AuditGroup>(b, ignoreCase: true, out var by) && Enum.IsDefined(by) && !b!.Any(char.IsDigit)).When(r => !string.IsNullOrEmpty(r.By))
            .WithMessage("One of actor, patient, what, outcome.");
        RuleFor(r => r.To).GreaterThanOrEqualTo(r => r.From).When(r => r.From is not null && r.To is not null).WithMessage("The last day lies before the first.");
        RuleFor(r => r.To).Must((r, to) => to!.Value.DayNumber - r.From!.Value.DayNumber < MostDays).When(r => r.From is not null && r.To is not null && r.To >= r.From)
            .WithMessage("At most 92 days at once.");
    }
}

sealed class CountAuditHandler(IAuditReader trail, IdentityDb db, CurrentStaff staff, IConfiguration settings, TimeProvider clock) : IHandle<CountAuditRequest, AuditReport>
{
    const int UsualDays = 29;

    public async Task<Outcome<AuditReport>> Handle(CountAuditRequest ask, CancellationToken ct)
    {
        if (!staff.May("audit")) return Outcome.NotFound;
        // The order is by counts that move, so the place in the list is a number, which a report of past days can bear.
        var skip = 0;
        if (ask.Cursor is not null && !int.TryParse(ask.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out skip)) return Cursor.Bad;

        var (take, zone) = (PageAsk.Of(ask.Limit).Take, PatientPortal.Ui.Clinic.Of(settings).Zone);
        var today = DateOnly.FromDateTime(Zones.In(clock.GetUtcNow(), zone).DateTime);
        // Any date may stand in an address: the days around the first and the last there are can't be counted to.
        var to = ask.To ?? (ask.From is { } only && only.DayNumber + UsualDays < today.DayNumber ? only.AddDays(UsualDays) : today);
        var from = ask.From ?? DateOnly.FromDayNumber(Math.Max(0, to.DayNumber - UsualDays));
        if (to < from) return Outcome.Invalid("from", "This day is still to come.");
        if (to.DayNumber - from.DayNumber >= CountAuditRules.MostDays) return Outcome.Invalid("from", "At most 92 days at once.");
        var by = Enum.TryParse<AuditGroup>(ask.By, ignoreCase: true, out var asked) ? asked : AuditGroup.Actor;

        var counts = await trail.Count(by, Zones.StartOfDay(from, zone), Zones.EndOfDay(to, zone), skip, take + 1, ct);
        var ids = by is AuditGroup.Patient ? counts.Select(c => Guid.Parse(c.Key)).ToList() : [];
        var names = await db.Patients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id.ToString(), p => p.Name, ct);
        return new AuditReport(by.ToString().ToLowerInvariant(), from, to,
            [.. counts.Take(take).Select(c => new AuditReportLine(c.Key, c.Name ?? names.GetValueOrDefault(c.Key) ?? (by is AuditGroup.Patient ? "A chart that is gone" : c.Key),
                c.Reads, c.Changes, c.Refused, c.Unusual, c.Patients, Zones.In(c.LastAt, zone)))],
            counts.Count > take ? (skip + take).ToString(CultureInfo.InvariantCulture) : null);
    }
}

sealed class CountAuditApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit/report", async (string? by, DateOnly? from, DateOnly? to, int? limit, string? cursor, IHandle<CountAuditRequest, AuditReport> count, CancellationToken ct) =>
                (await count.Handle(new(by, from, to, limit, cursor), ct)).ToHttp())
           .WithName("CountAudit").Produces<AuditReport>().ProducesProblem(400).ProducesProblem(403);
}
