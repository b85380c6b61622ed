using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.ListPrivacyCases;

/// <summary>Questions that patients ask about accesses to their records: the open ones with the nearest day first, or the answered ones.</summary>
/// <param name="Status">"open" or "answered".</param>
[StandsBeforeChart, Does(Act.Read, "privacy cases", "Found this record among questions about accesses", Needs = "privacy")]
sealed record ListPrivacyCasesRequest(string? Status, int? Limit, string? Cursor);

/// <param name="Late">It was to be answered by now.</param>
/// <param name="Own">It is about the reader's own access: somebody else answers.</param>
sealed record PrivacyCaseLine(
    Guid Id, Guid PatientId, string PatientName, string AskedBy, DateTimeOffset AskedAt, DateTimeOffset DueAt, bool Late, bool Own, string? Finding, DateTimeOffset? AnsweredAt);

sealed record PrivacyCaseLines(IReadOnlyList<PrivacyCaseLine> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(i => i.PatientId);
}

sealed class ListPrivacyCasesRules : AbstractValidator<ListPrivacyCasesRequest>
{
    public ListPrivacyCasesRules() => RuleFor(r => r.Status).Must(s => s is null or "" or "open" or "answered").WithMessage("One of open, answered.");
}

sealed class ListPrivacyCasesHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings, TimeProvider clock) : IHandle<ListPrivacyCasesRequest, PrivacyCaseLines>
{
    public async Task<Outcome<PrivacyCaseLines>> Handle(ListPrivacyCasesRequest ask, CancellationToken ct)
    {
        if (!staff.May("privacy")) return Outcome.NotFound;
        var (take, open, now, zone) = (PageAsk.Of(ask.Limit).Take, ask.Status is not "answered", clock.GetUtcNow(), PatientPortal.Ui.Clinic.Of(settings).Zone);
        var cases = db.PrivacyCases.AsNoTracking().Where(c => c.AnsweredAt == null == open);
        if (ask.Cursor is not null)
        {
            if (!Cursor.TryRead(ask.Cursor, out var at, out var id)) return Cursor.Bad;
            cases = open
                ? cases.Where(c => c.DueAt > at || (c.DueAt == at && c.Id.CompareTo(id) > 0))
                : cases.Where(c => c.AnsweredAt < at || (c.AnsweredAt == at && c.Id.CompareTo(id) < 0));
        }
        var ordered = open ? cases.OrderBy(c => c.DueAt).ThenBy(c => c.Id) : cases.OrderByDescending(c => c.AnsweredAt).ThenByDescending(c => c.Id);
        var found = await ordered.Take(take + 1)
            .Select(c => new { c.Id, c.PatientId, c.AskedByName, c.AskedAt, c.DueAt, c.QuestionedId, c.Finding, c.AnsweredAt, Patient = db.Patients.Where(p => p.Id == c.PatientId).Select(p => p.Name).First() })
            .ToListAsync(ct);
        var last = found.Count > take ? found[take - 1] : null;
        return new PrivacyCaseLines(
            [.. found.Take(take).Select(c => new PrivacyCaseLine(c.Id, c.PatientId, c.Patient, c.AskedByName, Zones.In(c.AskedAt, zone), Zones.In(c.DueAt, zone),
                c.AnsweredAt is null && c.DueAt <= now, c.QuestionedId == staff.Id, c.Finding?.ToString().ToLowerInvariant(), c.AnsweredAt is { } answered ? Zones.In(answered, zone) : null))],
            last is null ? null : Cursor.Write(open ? last.DueAt : last.AnsweredAt!.Value, last.Id));
    }
}

/// <summary>How many questions are open.</summary>
[Does(Act.Read, "privacy cases", "Counted the questions about accesses", Needs = "privacy", Trail = false, Because = "A number; nobody is shown.")]
sealed record CountPrivacyCasesRequest;

sealed class CountPrivacyCasesHandler(IdentityDb db, CurrentStaff staff) : IHandle<CountPrivacyCasesRequest, int>
{
    public async Task<Outcome<int>> Handle(CountPrivacyCasesRequest ask, CancellationToken ct) =>
        staff.May("privacy") ? await db.PrivacyCases.CountAsync(c => c.AnsweredAt == null, ct) : Outcome.NotFound;
}

sealed class ListPrivacyCasesApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/privacy-cases", async (string? status, int? limit, string? cursor, IHandle<ListPrivacyCasesRequest, PrivacyCaseLines> list, CancellationToken ct) =>
                (await list.Handle(new(status, limit, cursor), ct)).ToHttp())
           .WithName("ListPrivacyCases").Produces<PrivacyCaseLines>().ProducesProblem(400).ProducesProblem(403);
}
