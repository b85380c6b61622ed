using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.BreakGlass;

/// <summary>
/// A staff member opens a chart that is closed to them, for an hour, saying why; the patient sees it and the privacy officer reviews it. Twice at once is one
/// opening; one's own chart never opens.
/// </summary>
/// <param name="Reason">"emergency", "treatment", "request" or "office".</param>
/// <param name="Words">The same in one's own words.</param>
[Does(Act.Execute, "break-glass", "Opened this protected record for an hour, giving a reason", Needs = "break-glass")]
sealed record BreakGlassRequest(string? Reason, string? Words);

/// <param name="Until">When it closes by itself; in the clinic's zone.</param>
/// <param name="ReviewBy">When the privacy officer will have reviewed it.</param>
sealed record OpenedChart(Guid Id, string Reason, DateTimeOffset Until, DateTimeOffset ReviewBy);

sealed class BreakGlassRules : AbstractValidator<BreakGlassRequest>
{
    public BreakGlassRules()
    {
        RuleFor(r => r.Reason).Must(r => Reason(r) is not null).WithMessage("Choose a reason.");
        RuleFor(r => r.Words).Must(w => w?.Trim().Length >= 10).WithMessage("Say in a few words why you need this chart: at least 10 characters.").MaximumLength(1000);
    }

    internal static GlassReason? Reason(string? code) =>
        BrokenGlass.Reasons.Select(r => (GlassReason?)r.Reason).FirstOrDefault(r => string.Equals(r.ToString(), code, StringComparison.OrdinalIgnoreCase));
}

sealed class BreakGlassHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, RequestScope scope, IConfiguration settings, TimeProvider clock) : IHandle<BreakGlassRequest, OpenedChart>
{
    public async Task<Outcome<OpenedChart>> Handle(BreakGlassRequest ask, CancellationToken ct)
    {
        if (patient.Protection is not { } protection) return Outcome.Refused("not_protected", "This chart is not protected.", "It is open to you without giving a reason.");
        if (protection.Flag is "own") return protection.Refusal;
        return await db.OneByOne<Outcome<OpenedChart>>(Ids.Of($"glass {staff.Id:N} {patient.Id:N}"), async () =>
        {
            var (now, zone) = (clock.GetUtcNow(), PatientPortal.Ui.Clinic.Of(settings).Zone);
            if (await db.BrokenGlasses.AsNoTracking().Where(g => g.StaffId == staff.Id && g.PatientId == patient.Id && g.EndsAt > now).FirstOrDefaultAsync(ct) is { } open) return Opened(open, zone);
            var glass = new BrokenGlass
            {
                Id = Ids.New(clock), StaffId = staff.Id, PatientId = patient.Id, Flag = protection.Flag, Reason = BreakGlassRules.Reason(ask.Reason)!.Value, Words = ask.Words!.Trim(),
                OpenedAt = now, EndsAt = now + BrokenGlass.Lasts,
                ReviewBy = Zones.EndOfDay(Holidays.BusinessDayAfter(Zones.Date(now, zone), BrokenGlass.ReviewDays), zone),
            };
            db.Add(glass);
            var opened = Opened(glass, zone);
            scope.Purpose = $"break-glass: {opened.Reason}";
            return await db.TrySave(opened, ct) is Saved.Done ? opened : Outcome.Stale();
        }, ct);
    }

    static OpenedChart Opened(BrokenGlass glass, string zone) => new(glass.Id, glass.Reason.ToString().ToLowerInvariant(), Zones.In(glass.EndsAt, zone), Zones.In(glass.ReviewBy, zone));
}

/// <summary>Somebody who is done closes the chart again before its hour is over; the review stays.</summary>
[Does(Act.Execute, "break-glass", "Closed this protected record again")]
sealed record CloseChartRequest;

sealed class CloseChartHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, TimeProvider clock) : IHandle<CloseChartRequest, Done>
{
    public async Task<Outcome<Done>> Handle(CloseChartRequest ask, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var open in await db.BrokenGlasses.Where(g => g.StaffId == staff.Id && g.PatientId == patient.Id && g.EndsAt > now).ToListAsync(ct)) open.EndsAt = now;
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

sealed class BreakGlassApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/patients/{patient}/break-glass", async (BreakGlassRequest ask, IHandle<BreakGlassRequest, OpenedChart> open, CancellationToken ct) =>
                (await open.Handle(ask, ct)).ToHttp(o => Results.Json(o, statusCode: StatusCodes.Status201Created)))
           .WithMetadata(new StandsBeforeChartAttribute()).WithName("BreakGlass").Produces<OpenedChart>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
        api.MapDelete("/patients/{patient}/break-glass", async (IHandle<CloseChartRequest, Done> close, CancellationToken ct) => (await close.Handle(new(), ct)).ToHttp(_ => Results.NoContent()))
           .WithMetadata(new StandsBeforeChartAttribute()).WithName("CloseChart").Produces(204).ProducesProblem(404);
    }
}
