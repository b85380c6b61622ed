using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.DeclareTie;

/// <summary>
/// A staff member says which chart is their own, or of somebody they know: it is closed to them from the next request on, and only the privacy officer can
/// take that back.
/// </summary>
/// <param name="Relation">"self", "relative", "household", "friend" or "colleague".</param>
[StandsBeforeChart, Does(Act.Create, "tie", "Said that they know this patient")]
sealed record DeclareTieRequest(string? ChartNumber, string? Relation);

sealed class DeclareTieRules : AbstractValidator<DeclareTieRequest>
{
    public DeclareTieRules()
    {
        RuleFor(r => r.ChartNumber).NotEmpty().WithMessage("Enter the chart number.").MaximumLength(64);
        RuleFor(r => r.Relation).Must(r => r is "self" || Ties.Relations.Any(known => known.Code == r)).WithMessage("Choose how you know them.");
    }
}

sealed class DeclareTieHandler(IdentityDb db, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<DeclareTieRequest, Tie>
{
    static readonly Refusal Has = Outcome.Refused("own_chart_set", "Another chart is known as yours, or this one as somebody else's.", "The privacy officer can put that right.");

    public async Task<Outcome<Tie>> Handle(DeclareTieRequest ask, CancellationToken ct)
    {
        var number = ask.ChartNumber!.Trim().ToUpperInvariant();
        if (await db.Patients.AsNoTracking().SingleOrDefaultAsync(p => p.ChartNumber == number, ct) is not { } patient) return Outcome.Invalid("chartNumber", "No chart has this number.");
        scope.AboutPatient = patient.Id;
        var tie = new Tie(patient.Id, patient.Name, ask.Relation!);
        if (ask.Relation is "self")
        {
            var me = await db.StaffMembers.SingleAsync(m => m.Id == staff.Id, ct);
            if (me.ChartId == patient.Id) return tie;
            if (me.ChartId is not null) return Has;
            me.ChartId = patient.Id;
            return await db.TrySave(tie, ct) is Saved.Done ? tie : Has;
        }
        if (await db.ChartTies.AnyAsync(t => t.StaffId == staff.Id && t.PatientId == patient.Id, ct)) return tie;
        db.Add(new ChartTie { Id = Ids.New(clock), StaffId = staff.Id, PatientId = patient.Id, Relation = ask.Relation!, DeclaredAt = clock.GetUtcNow() });
        // Said twice at once, it is said.
        return await db.TrySave(tie, ct) is Saved.Done or Saved.Taken ? tie : Outcome.Stale();
    }
}

/// <summary>Whom a staff member said they know.</summary>
[StandsBeforeChart, Does(Act.Read, "tie", "Looked at whom they said they know")]
sealed record SeeTiesRequest;

sealed record Tie(Guid PatientId, string Patient, string Relation);

/// <summary>At most a hundred: a person's own family and friends.</summary>
sealed record MyTies(IReadOnlyList<Tie> Items) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(t => t.PatientId);
}

sealed class SeeTiesHandler(IdentityDb db, CurrentStaff staff) : IHandle<SeeTiesRequest, MyTies>
{
    public async Task<Outcome<MyTies>> Handle(SeeTiesRequest ask, CancellationToken ct)
    {
        var own = await db.StaffMembers.AsNoTracking().Where(m => m.Id == staff.Id && m.ChartId != null)
            .Join(db.Patients, m => m.ChartId, p => p.Id, (m, p) => new Tie(p.Id, p.Name, "self")).ToListAsync(ct);
        var others = await db.ChartTies.AsNoTracking().Where(t => t.StaffId == staff.Id).OrderBy(t => t.DeclaredAt).Take(100)
            .Join(db.Patients, t => t.PatientId, p => p.Id, (t, p) => new Tie(p.Id, p.Name, t.Relation)).ToListAsync(ct);
        return new MyTies([.. own, .. others]);
    }
}

sealed class DeclareTieApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/ties", async (IHandle<SeeTiesRequest, MyTies> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp()).WithName("SeeTies").Produces<MyTies>();
        api.MapPost("/me/ties", async (DeclareTieRequest ask, IHandle<DeclareTieRequest, Tie> declare, CancellationToken ct) =>
                (await declare.Handle(ask, ct)).ToHttp(t => Results.Json(t, statusCode: StatusCodes.Status201Created)))
           .WithName("DeclareTie").Produces<Tie>(201).ProducesProblem(400).ProducesProblem(422);
    }
}
