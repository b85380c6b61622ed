using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ProtectChart;

/// <summary>The privacy officer protects a chart from everybody who has no reason to open it, or lifts that again; it holds from the next request on.</summary>
/// <param name="Because">Why; needed to protect, for privacy officers only.</param>
[StandsBeforeChart, Does(Act.Update, "protection", "Changed how this record is protected", Needs = "privacy")]
sealed record ProtectChartRequest(bool Protected, string? Because);

sealed class ProtectChartRules : AbstractValidator<ProtectChartRequest>
{
    public ProtectChartRules() =>
        RuleFor(r => r.Because).NotEmpty().WithMessage("Say why this chart needs protection.").MaximumLength(500).When(r => r.Protected);
}

sealed class ProtectChartHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, TimeProvider clock) : IHandle<ProtectChartRequest, ChartProtection>
{
    public async Task<Outcome<ChartProtection>> Handle(ProtectChartRequest ask, CancellationToken ct)
    {
        if (patient.Protection is { Flag: "own" } own) return own.Refusal;
        // That of a chart which was joined into this one holds here too.
        var joined = await db.JoinedInto(patient.Id, ct);
        var all = await db.ProtectedCharts.Where(c => c.PatientId == patient.Id || joined.Contains(c.PatientId)).ToListAsync(ct);
        var now = all.FirstOrDefault();
        if (now is not null == ask.Protected) return ChartProtection.Of(patient, now);
        if (now is not null) db.RemoveRange(all);
        else db.Add(now = new ProtectedChart { PatientId = patient.Id, SetById = staff.Id, SetByName = staff.Name, SetAt = clock.GetUtcNow(), Because = ask.Because!.Trim() });
        var changed = ChartProtection.Of(patient, ask.Protected ? now : null);
        return await db.TrySave(changed, ct) is Saved.Done ? changed : Outcome.Stale();
    }
}

/// <summary>How one chart is protected.</summary>
[StandsBeforeChart, Does(Act.Read, "protection", "Looked at how this record is protected", Needs = "privacy")]
sealed record SeeProtectionRequest;

/// <param name="Protected">By the privacy officer.</param>
/// <param name="Flag">Why it is closed to the reader, that aside: "own", "relative", "colleague".</param>
sealed record ChartProtection(Guid PatientId, string Patient, bool Protected, string? Because, string? By, DateTimeOffset? Since, string? Flag)
{
    internal static ChartProtection Of(CurrentPatient patient, ProtectedChart? chart) =>
        new(patient.Id, patient.Name, chart is not null, chart?.Because, chart?.SetByName, chart?.SetAt, patient.Protection?.Flag is { } flag and not "protected" ? flag : null);
}

sealed class SeeProtectionHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff) : IHandle<SeeProtectionRequest, ChartProtection>
{
    public async Task<Outcome<ChartProtection>> Handle(SeeProtectionRequest ask, CancellationToken ct)
    {
        _ = staff;
        var joined = await db.JoinedInto(patient.Id, ct);
        return ChartProtection.Of(patient, await db.ProtectedCharts.AsNoTracking().FirstOrDefaultAsync(c => c.PatientId == patient.Id || joined.Contains(c.PatientId), ct));
    }
}

sealed class ProtectChartApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/patients/{patient}/protection", async (IHandle<SeeProtectionRequest, ChartProtection> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithMetadata(new StandsBeforeChartAttribute()).WithName("SeeProtection").Produces<ChartProtection>().ProducesProblem(403).ProducesProblem(404);
        api.MapPut("/patients/{patient}/protection", async (ProtectChartRequest ask, IHandle<ProtectChartRequest, ChartProtection> protect, CancellationToken ct) => (await protect.Handle(ask, ct)).ToHttp())
           .WithMetadata(new StandsBeforeChartAttribute()).WithName("ProtectChart").Produces<ChartProtection>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
    }
}
