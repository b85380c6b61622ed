using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ReviewGlass;

/// <summary>Who opened protected charts and why: those that wait for a review by their deadline, or those reviewed, the newest first.</summary>
/// <param name="Status">"waiting" (also when not given) or "reviewed".</param>
[StandsBeforeChart, Does(Act.Read, "break-glass", "Looked at who opened this protected record", Needs = "privacy")]
sealed record ListGlassRequest(string? Status, PageAsk Page);

/// <param name="Flag">Why the chart was closed: "relative", "colleague", "protected".</param>
/// <param name="Overdue">The two business days are over and nobody has reviewed it.</param>
sealed record GlassLine(
    Guid Id, Guid StaffId, string Staff, string Role, Guid PatientId, string Patient, string Flag, string Reason, string Words,
    DateTimeOffset OpenedAt, DateTimeOffset ClosedAt, DateTimeOffset ReviewBy, bool Overdue, string? Finding, string? Note, string? ReviewedBy, DateTimeOffset? ReviewedAt, bool Own);

sealed record GlassList(IReadOnlyList<GlassLine> Items, string? Next, int Overdue) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(i => i.PatientId);
}

sealed class ListGlassRules : AbstractValidator<ListGlassRequest>
{
    public ListGlassRules() => RuleFor(r => r.Status).Must(s => s is null or "waiting" or "reviewed").WithMessage("Choose waiting or reviewed.");
}

sealed class ListGlassHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings, TimeProvider clock) : IHandle<ListGlassRequest, GlassList>
{
    public async Task<Outcome<GlassList>> Handle(ListGlassRequest ask, CancellationToken ct)
    {
        var (now, zone, waiting) = (clock.GetUtcNow(), PatientPortal.Ui.Clinic.Of(settings).Zone, ask.Status is not "reviewed");
        var all = db.BrokenGlasses.AsNoTracking().Where(g => waiting ? g.ReviewedAt == null : g.ReviewedAt != null);
        if (ask.Page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            all = waiting ? all.Where(g => g.OpenedAt > at || (g.OpenedAt == at && g.Id > id)) : all.Where(g => g.OpenedAt < at || (g.OpenedAt == at && g.Id < id));
        }
        all = waiting ? all.OrderBy(g => g.OpenedAt).ThenBy(g => g.Id) : all.OrderByDescending(g => g.OpenedAt).ThenByDescending(g => g.Id);
        var rows = await (
            from g in all.Take(ask.Page.Take + 1)
            join m in db.StaffMembers on g.StaffId equals m.Id
            join p in db.Patients on g.PatientId equals p.Id
            select new { Is = g, Staff = m.Name, m.Role, Patient = p.Name }).ToListAsync(ct);
        var ordered = (waiting ? rows.OrderBy(r => r.Is.OpenedAt).ThenBy(r => r.Is.Id) : rows.OrderByDescending(r => r.Is.OpenedAt).ThenByDescending(r => r.Is.Id)).Take(ask.Page.Take).ToList();
        var overdue = await db.BrokenGlasses.CountAsync(g => g.ReviewedAt == null && g.ReviewBy <= now, ct);
        return new GlassList(
            [.. ordered.Select(r => new GlassLine(r.Is.Id, r.Is.StaffId, r.Staff, Roles.TitleOf(r.Role), r.Is.PatientId, r.Patient, r.Is.Flag,
                r.Is.Reason.ToString().ToLowerInvariant(), r.Is.Words, Zones.In(r.Is.OpenedAt, zone), Zones.In(r.Is.EndsAt, zone), Zones.In(r.Is.ReviewBy, zone),
                r.Is.ReviewedAt is null && r.Is.ReviewBy <= now, r.Is.Finding?.ToString(), r.Is.ReviewNote, r.Is.ReviewedByName,
                r.Is.ReviewedAt is { } done ? Zones.In(done, zone) : null, r.Is.StaffId == staff.Id))],
            rows.Count > ordered.Count ? Cursor.Write(ordered[^1].Is.OpenedAt, ordered[^1].Is.Id) : null, overdue);
    }
}

/// <summary>The privacy officer records what they found; once, and never about themselves.</summary>
/// <param name="Finding">"Appropriate", "FollowUp" or "Inappropriate".</param>
[StandsBeforeChart, Does(Act.Update, "break-glass", "Reviewed who opened this protected record", Needs = "privacy")]
sealed record ReviewGlassRequest(Guid Glass, string? Finding, string? Note);

sealed class ReviewGlassRules : AbstractValidator<ReviewGlassRequest>
{
    public ReviewGlassRules()
    {
        RuleFor(r => r.Finding).Must(f => Finding(f) is not null).WithMessage("Say what you found.");
        RuleFor(r => r.Note).MaximumLength(1000);
        RuleFor(r => r.Note).NotEmpty().WithMessage("Say what happens next.").When(r => Finding(r.Finding) is GlassFinding.FollowUp or GlassFinding.Inappropriate);
    }

    internal static GlassFinding? Finding(string? code) => BrokenGlass.Findings.Select(f => (GlassFinding?)f.Finding).FirstOrDefault(f => string.Equals(f.ToString(), code, StringComparison.OrdinalIgnoreCase));
}

sealed class ReviewGlassHandler(IdentityDb db, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<ReviewGlassRequest, Done>
{
    public async Task<Outcome<Done>> Handle(ReviewGlassRequest ask, CancellationToken ct)
    {
        if (await db.BrokenGlasses.SingleOrDefaultAsync(g => g.Id == ask.Glass, ct) is not { } glass) return Outcome.NotFound;
        if (glass.StaffId == staff.Id) return Outcome.Refused("own_glass", "You can't review what you opened yourself.", "Another privacy officer does that.");
        if (glass.ReviewedAt is not null) return Outcome.Conflict("already_reviewed", $"{glass.ReviewedByName} has reviewed this already.");
        (glass.ReviewedAt, glass.ReviewedById, glass.ReviewedByName) = (clock.GetUtcNow(), staff.Id, staff.Name);
        (glass.Finding, glass.ReviewNote) = (ReviewGlassRules.Finding(ask.Finding), ask.Note?.Trim());
        scope.AboutPatient = glass.PatientId;
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Conflict("already_reviewed", "Somebody has reviewed this at the same moment.");
    }
}

/// <summary>How many openings wait for their review.</summary>
[StandsBeforeChart, Does(Act.Read, "break-glass", "Counted the openings of protected charts", Needs = "privacy", Trail = false, Because = "A number; nobody is shown.")]
sealed record CountGlassesRequest;

sealed class CountGlassesHandler(IdentityDb db, CurrentStaff staff) : IHandle<CountGlassesRequest, int>
{
    public async Task<Outcome<int>> Handle(CountGlassesRequest ask, CancellationToken ct) =>
        staff.May("privacy") ? await db.BrokenGlasses.CountAsync(g => g.ReviewedAt == null, ct) : Outcome.NotFound;
}

sealed class ReviewGlassApi : IStaffApi
{
    internal sealed record Draft(string? Finding, string? Note);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/break-glass", async (string? status, [AsParameters] PageAsk page, IHandle<ListGlassRequest, GlassList> list, CancellationToken ct) => (await list.Handle(new(status, page), ct)).ToHttp())
           .WithName("ListGlass").Produces<GlassList>().ProducesProblem(400).ProducesProblem(403);
        api.MapPost("/break-glass/{glass:guid}/review", async (Guid glass, Draft draft, IHandle<ReviewGlassRequest, Done> review, CancellationToken ct) =>
                (await review.Handle(new(glass, draft.Finding, draft.Note), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("ReviewGlass").Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }
}
