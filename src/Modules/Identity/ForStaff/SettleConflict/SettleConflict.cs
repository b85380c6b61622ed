using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.SettleConflict;

/// <summary>
/// Staff note that those who care for a patient are in conflict, or that it is settled. Meanwhile everybody's access rests, and nobody is let in or put out,
/// but by a court's order; nobody's grant is lost.
/// </summary>
/// <param name="Reason">What staff know; needed to begin.</param>
[Does(Act.Update, "proxy", "Froze or thawed access to this record because of a conflict", Needs = "proxies")]
sealed record SettleConflictRequest(bool InConflict, string? Reason);

sealed class SettleConflictRules : AbstractValidator<SettleConflictRequest>
{
    public SettleConflictRules() => RuleFor(r => r.Reason).NotEmpty().WithMessage("Write what you know of it.").MaximumLength(1000).WithMessage("Use at most 1,000 characters.").When(r => r.InConflict);
}

sealed class SettleConflictHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, Grants grants, TimeProvider clock) : IHandle<SettleConflictRequest, Done>
{
    public async Task<Outcome<Done>> Handle(SettleConflictRequest ask, CancellationToken ct)
    {
        if (!staff.May("proxies")) return Outcome.NotFound;
        var chart = await db.Patients.SingleAsync(p => p.Id == patient.Id, ct);
        if (ask.InConflict == chart.ConflictAt is not null) return default(Done);
        chart.ConflictAt = ask.InConflict ? clock.GetUtcNow() : null;
        chart.ConflictReason = ask.InConflict ? ask.Reason!.Trim() : null;
        await grants.TellAll(chart, ct);
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

/// <summary>Whether those who care for a patient are in conflict now, so that the page offers what can be done.</summary>
[Does(Act.Read, "proxies", "Looked at who may act for this patient", Needs = "proxies")]
sealed record SeeConflictRequest;

/// <param name="Since">When staff noted it; null while there is none. The clinic's zone.</param>
/// <param name="Reason">What staff knew of it.</param>
sealed record Conflict(DateTimeOffset? Since, string? Reason);

sealed class SeeConflictHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, IConfiguration settings) : IHandle<SeeConflictRequest, Conflict>
{
    public async Task<Outcome<Conflict>> Handle(SeeConflictRequest ask, CancellationToken ct)
    {
        if (!staff.May("proxies")) return Outcome.NotFound;
        var chart = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == patient.Id, ct);
        return new Conflict(chart.ConflictAt is { } at ? Zones.In(at, PatientPortal.Ui.Clinic.Of(settings).Zone) : null, chart.ConflictReason);
    }
}

sealed class SettleConflictApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/patients/{patient}/conflict", async (IHandle<SeeConflictRequest, Conflict> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithName("SeeConflict").Produces<Conflict>().ProducesProblem(403).ProducesProblem(404);
        api.MapPut("/patients/{patient}/conflict", async (SettleConflictRequest ask, IHandle<SettleConflictRequest, Done> settle, CancellationToken ct) =>
                (await settle.Handle(ask, ct)).ToHttp(_ => Results.NoContent()))
           .WithName("SettleConflict").Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412);
    }
}
