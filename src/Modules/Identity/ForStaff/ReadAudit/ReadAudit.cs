using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.ReadAudit;

/// <summary>Who saw and changed what, newest first: about one patient, by one actor, in a period, of one action, with one outcome, or all of it.</summary>
[StandsBeforeChart, Does(Act.Read, "audit", "Read the audit trail", Needs = "audit")]
sealed record ReadAuditRequest(AuditFilter Filter, int? Limit, string? Cursor);

/// <param name="PatientName">As the chart has it now; null when there is no such chart any more.</param>
/// <param name="Outcome">"ok", or the code of the refusal.</param>
/// <param name="Session">Of the session, never its token.</param>
/// <param name="Door">"page", "api", "fhir"; null for the portal's own work.</param>
/// <param name="Subject">What was touched; null for lists.</param>
/// <param name="Purpose">Null for the ordinary.</param>
/// <param name="Changes">Old and new values.</param>
sealed record AuditLine(
    long Id, DateTimeOffset At, Guid ActorId, string ActorName, string ActorRole, string ActorKind, string? Relation, Guid? PatientId, string? PatientName,
    string Action, string What, string Says, string Outcome, string? Address, string TraceId,
    Guid? Session, string? Door, string? Server, string? Subject, string? Purpose, string? Reason, string? Query, IReadOnlyList<AuditChange> Changes);

sealed record AuditLines(IReadOnlyList<AuditLine> Items, string? Next) : IAboutPatients
{
    /// <summary>Whose trail was asked for; a search over everybody shows nobody's record in particular.</summary>
    internal Guid? About { get; init; }

    IEnumerable<Guid> IAboutPatients.PatientIds => About is { } one ? [one] : [];
}

sealed class ReadAuditRules : AbstractValidator<ReadAuditRequest>
{
    public ReadAuditRules() => RuleFor(r => r.Filter).SetValidator(new AuditFilterRules()).OverridePropertyName("");
}

sealed class ReadAuditHandler(IAuditReader trail, IdentityDb db, CurrentStaff staff, IConfiguration settings) : IHandle<ReadAuditRequest, AuditLines>
{
    public async Task<Outcome<AuditLines>> Handle(ReadAuditRequest ask, CancellationToken ct)
    {
        if (!staff.May("audit")) return Outcome.NotFound;
        AuditPlace? before = null;
        if (ask.Cursor is not null && !AuditPlace.TryRead(ask.Cursor, out before)) return Cursor.Bad;

        var (take, zone) = (PageAsk.Of(ask.Limit).Take, PatientPortal.Ui.Clinic.Of(settings).Zone);
        var rows = await trail.Read((await db.WithJoined(ask.Filter.ToQuery(zone), ct)) with { Before = before, Take = take + 1, WithDetail = true }, ct);
        var about = rows.Select(r => r.PatientId).OfType<Guid>().Distinct().ToList();
        var names = await db.Patients.AsNoTracking().Where(p => about.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return new AuditLines([.. rows.Take(take).Select(r => Line(r, zone, names))], rows.Count > take ? rows[take - 1].Place.ToString() : null) { About = ask.Filter.Patient };
    }

    static AuditLine Line(AuditEntry r, string zone, Dictionary<Guid, string> names) => new(
        r.Seq, Zones.In(r.At, zone), r.ActorId, r.ActorName, r.ActorRole, r.ActorKind.ToString().ToLowerInvariant(), r.Relation,
        r.PatientId, r.PatientId is { } id ? names.GetValueOrDefault(id) : null, r.Act.ToString().ToLowerInvariant(), r.What, r.Says, r.Outcome, r.Address, r.TraceId,
        r.SessionId, r.Door, r.Server, r.Subject, r.Purpose, r.Detail?.Reason, r.Detail?.Query, r.Detail?.Changes ?? []);
}

sealed class ReadAuditApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit", async ([AsParameters] AuditFilter filter, int? limit, string? cursor, IHandle<ReadAuditRequest, AuditLines> read, CancellationToken ct) =>
                (await read.Handle(new(filter, limit, cursor), ct)).ToHttp())
           .WithName("ReadAudit").Produces<AuditLines>().ProducesProblem(400).ProducesProblem(403);
}

sealed class AuditNav : IStaffNav
{
    public string Label => "Audit";
    public string Path => "/staff/audit";
    public int Order => 90;
    public string Needs => "audit";
}
