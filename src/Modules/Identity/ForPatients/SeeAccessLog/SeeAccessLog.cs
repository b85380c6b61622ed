using System.Globalization;
using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForPatients.SeeAccessLog;

/// <summary>Who looked at this record and changed it: staff by name and role, proxies, and oneself; newest first, nobody left out.</summary>
/// <param name="Others">True to leave out what the patient did themselves.</param>
[Does(Act.Read, "access log", "Looked at who opened this record", Needs = "records")]
sealed record SeeAccessLogRequest(int? Limit, string? Cursor, bool Others);

/// <param name="Id">To ask about it.</param>
/// <param name="At">In the patient's zone.</param>
/// <param name="Who">The name of the staff member, the proxy or the patient.</param>
/// <param name="Role">"Nurse"; "parent" for a proxy; "Patient" for oneself.</param>
/// <param name="Kind">"staff", "proxy", "self", "app", "portal", or "unknown" for somebody who was not signed in.</param>
/// <param name="What">What they did, in plain words.</param>
/// <param name="Allowed">False when the portal refused it.</param>
/// <param name="Purpose">"break-glass" or "support" when it was out of the ordinary.</param>
/// <param name="Reason">What they gave as the reason then: a code for "break-glass" ("emergency"), their words for "support".</param>
sealed record Access(string Id, DateTimeOffset At, string Who, string Role, string Kind, string What, bool Allowed, string? Purpose, string? Reason);

sealed class SeeAccessLogHandler(IAuditReader trail, IdentityDb db, CurrentPatient me) : IHandle<SeeAccessLogRequest, Page<Access>>
{
    /// <summary>How many rows one request looks through for those of others: somebody who reads a lot has many of their own between.</summary>
    const int Batch = 200, Batches = 10;

    public async Task<Outcome<Page<Access>>> Handle(SeeAccessLogRequest ask, CancellationToken ct)
    {
        AuditPlace? before = null;
        if (ask.Cursor is not null && !AuditPlace.TryRead(ask.Cursor, out before)) return Cursor.Bad;
        var take = PageAsk.Of(ask.Limit).Take;
        var joined = await db.JoinedInto(me.Id, ct);
        var found = new List<AuditEntry>();
        var more = true;
        for (var batch = 0; batch < Batches && more && found.Count <= take; batch++)
        {
            var rows = await trail.Read(new(PatientId: me.Id, Before: before, Take: Batch, WithDetail: true, Joined: joined), ct);
            more = rows.Count == Batch;
            // A merge stands in the logs of both charts: once is enough where they are read as one.
            found.AddRange(rows.Where(r => r.PatientId == me.Id || r.What is not "merge").Where(r => !ask.Others || KindOf(r) is not ("self" or "portal")));
            if (rows.Count > 0) before = rows[^1].Place;
        }
        var items = found.Take(take).ToList();
        var next = found.Count > take ? found[take - 1].Place : more ? before : null;
        return new Page<Access>([.. items.Select(Shown)], next?.ToString());
    }

    Access Shown(AuditEntry row) => new(
        row.Seq.ToString(CultureInfo.InvariantCulture), Zones.In(row.At, me.TimeZone), row.ActorName, KindOf(row) is "proxy" ? row.Relation! : row.ActorRole, KindOf(row), row.Says, row.Outcome is "ok", Told(row), Told(row) is null ? null : row.Detail?.Reason);

    /// <summary>Why somebody took two charts for one person's is the clinic's note: it may speak of another person.</summary>
    static string? Told(AuditEntry row) => row.Purpose is "merge" ? null : row.Purpose;

    static string KindOf(AuditEntry row) => row.ActorKind switch
    {
        ActorKind.Staff => "staff",
        ActorKind.Patient => row.Relation is null or "self" ? "self" : "proxy",
        ActorKind.App => "app",
        ActorKind.System => "portal",
        _ => "unknown",
    };
}

sealed class SeeAccessLogApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/access-log", async (int? limit, string? cursor, bool? others, IHandle<SeeAccessLogRequest, Page<Access>> see, CancellationToken ct) =>
                (await see.Handle(new(limit, cursor, others ?? false), ct)).ToHttp())
           .WithName("SeeAccessLog").Produces<Page<Access>>().ProducesProblem(400).ProducesProblem(404);
}
