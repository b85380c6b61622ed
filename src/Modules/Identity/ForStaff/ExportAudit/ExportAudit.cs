using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForStaff.ExportAudit;

/// <summary>The part of the trail that was asked for, as a CSV file (RFC 4180); that it left the portal is in the trail before the first byte does.</summary>
[StandsBeforeChart, Does(Act.Execute, "audit", "Downloaded a part of the audit trail", Needs = "audit")]
sealed record ExportAuditRequest(AuditFilter Filter);

/// <summary>Read while it is sent: how long the trail is doesn't matter.</summary>
sealed record AuditFile(string Name, string Zone, IAsyncEnumerable<AuditEntry> Rows) : IAboutPatients
{
    internal Guid? About { get; init; }

    IEnumerable<Guid> IAboutPatients.PatientIds => About is { } one ? [one] : [];
}

sealed class ExportAuditRules : AbstractValidator<ExportAuditRequest>
{
    public ExportAuditRules() => RuleFor(r => r.Filter).SetValidator(new AuditFilterRules()).OverridePropertyName("");
}

sealed class ExportAuditHandler(IAuditReader trail, IdentityDb db, CurrentStaff staff, IConfiguration settings, TimeProvider clock) : IHandle<ExportAuditRequest, AuditFile>
{
    const int Batch = 1000;

    public async Task<Outcome<AuditFile>> Handle(ExportAuditRequest ask, CancellationToken ct)
    {
        if (!staff.May("audit")) return Outcome.NotFound;
        var (zone, now) = (PatientPortal.Ui.Clinic.Of(settings).Zone, clock.GetUtcNow());
        var query = (await db.WithJoined(ask.Filter.ToQuery(zone), ct)) with { Take = Batch, WithDetail = true };
        // What comes in while it is sent is not part of it: the file would never end.
        if (query.Until is null || query.Until > now) query = query with { Until = now };
        var name = string.Create(CultureInfo.InvariantCulture, $"audit-{Zones.In(now, zone):yyyy-MM-dd-HHmm}.csv");
        return new AuditFile(name, zone, Rows(query, ct)) { About = ask.Filter.Patient };
    }

    async IAsyncEnumerable<AuditEntry> Rows(AuditQuery query, [EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
        {
            var rows = await trail.Read(query, ct);
            foreach (var row in rows) yield return row;
            if (rows.Count < Batch) yield break;
            query = query with { Before = rows[^1].Place };
        }
    }
}

sealed class ExportAuditApi : IStaffApi
{
    static readonly string[] Columns =
        ["record", "at", "actor_id", "actor", "role", "kind", "relation", "patient_id", "action", "what", "says", "outcome", "purpose", "reason", "touched", "query", "address", "door", "server", "session", "trace"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/audit/export", Send).WithName("ExportAudit").Produces(200, contentType: "text/csv").ProducesProblem(400).ProducesProblem(403);

    static async Task<IResult> Send([AsParameters] AuditFilter filter, HttpContext http, IHandle<ExportAuditRequest, AuditFile> export, CancellationToken ct)
    {
        if ((await export.Handle(new(filter), ct)).Refused(out var no, out var file)) return no.ToHttp();
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
        return Results.Stream(body => Write(file, body, ct), "text/csv; charset=utf-8");
    }

    static async Task Write(AuditFile file, Stream body, CancellationToken ct)
    {
        // A cell that a spreadsheet would take for a formula is marked as text.
        await using var csv = CsvWriter.Create(body, new() { Injection = CsvInjection.Escape }, leaveOpen: true);
        await csv.WriteRecordAsync(Columns, ct);
        await foreach (var r in file.Rows.WithCancellation(ct))
        {
            string?[] fields =
            [
                r.Seq.ToString(CultureInfo.InvariantCulture), Zones.In(r.At, file.Zone).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture), r.ActorId.ToString(), r.ActorName, r.ActorRole,
                r.ActorKind.ToString().ToLowerInvariant(), r.Relation, r.PatientId?.ToString(), r.Act.ToString().ToLowerInvariant(), r.What, r.Says, r.Outcome, r.Purpose, r.Detail?.Reason,
                r.Subject, r.Detail?.Query, r.Address, r.Door, r.Server, r.SessionId?.ToString(), r.TraceId,
            ];
            await csv.WriteRecordAsync(fields, ct);
        }
        await csv.FlushAsync(ct);
    }
}
