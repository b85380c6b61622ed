using System.Globalization;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ReadAudit;

/// <summary>The audit trail by patient, by actor and by period, newest first; reading it is in the trail too.</summary>
/// <param name="From">The first day, in the clinic's zone.</param>
/// <param name="To">The last day.</param>
[Does(Act.Read, "audit trail", "Read the audit trail", Needs = "audit")]
sealed record ReadAuditRequest(Guid? Patient, Guid? Actor, DateOnly? From, DateOnly? To, int? Limit, string? Cursor);

/// <param name="PatientName">As the chart has it now; null when there is no such chart any more.</param>
/// <param name="Outcome">"ok", or the code of the refusal.</param>
sealed record AuditLine(
    long Id, DateTimeOffset At, Guid ActorId, string ActorName, string ActorRole, string ActorKind, string? Relation, Guid? PatientId, string? PatientName,
    string Action, string What, string Says, string Outcome, string? Address, string TraceId);

sealed record AuditLines(IReadOnlyList<AuditLine> Items, string? Next) : IAboutPatients
{
    /// <summary>Whose trail was asked for; a search over everybody shows nobody's record in particular.</summary>
    internal Guid? About { get; init; }

    IEnumerable<Guid> IAboutPatients.PatientIds => About is { } one ? [one] : [];
}

sealed class ReadAuditRules : AbstractValidator<ReadAuditRequest>
{
    public ReadAuditRules() =>
        RuleFor(r => r.To).GreaterThanOrEqualTo(r => r.From).When(r => r.From is not null && r.To is not null).WithMessage("The last day lies before the first.");
}

sealed class ReadAuditHandler(IAuditReader trail, IdentityDb db, CurrentStaff staff, IConfiguration settings) : IHandle<ReadAuditRequest, AuditLines>
{
    public async Task<Outcome<AuditLines>> Handle(ReadAuditRequest ask, CancellationToken ct)
    {
        if (!staff.May("audit")) return Outcome.NotFound;
        long? before = null;
        if (ask.Cursor is not null)
        {
            if (!long.TryParse(ask.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)) return Cursor.Bad;
            before = seq;
        }
        var (take, zone) = (new PageAsk(ask.Limit).Take, PatientPortal.Ui.Clinic.Of(settings).Zone);
        var rows = await trail.Read(new(ask.Patient, ask.Actor,
            ask.From is { } from ? Zones.StartOfDay(from, zone) : null,
            ask.To is { } to ? Zones.EndOfDay(to, zone) : null, before, take + 1), ct);
        var about = rows.Select(r => r.PatientId).OfType<Guid>().Distinct().ToList();
        var names = await db.Patients.AsNoTracking().Where(p => about.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return new AuditLines(
            [.. rows.Take(take).Select(r => new AuditLine(r.Seq, Zones.In(r.At, zone), r.ActorId, r.ActorName, r.ActorRole,
                r.ActorKind.ToString().ToLowerInvariant(), r.Relation, r.PatientId, r.PatientId is { } id ? names.GetValueOrDefault(id) : null, r.Act.ToString().ToLowerInvariant(), r.What, r.Says, r.Outcome, r.Address, r.TraceId))],
            rows.Count > take ? rows[take - 1].Seq.ToString(CultureInfo.InvariantCulture) : null) { About = ask.Patient };
    }
}

sealed class ReadAuditApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit", async (Guid? patient, Guid? actor, DateOnly? from, DateOnly? to, int? limit, string? cursor, IHandle<ReadAuditRequest, AuditLines> read, CancellationToken ct) =>
                (await read.Handle(new(patient, actor, from, to, limit, cursor), ct)).ToHttp())
           .WithName("ReadAudit").Produces<AuditLines>().ProducesProblem(400).ProducesProblem(403);
}

sealed class AuditNav : IStaffNav
{
    public string Label => "Audit";
    public string Path => "/staff/audit";
    public int Order => 90;
    public string Needs => "audit";
}
