using System.Data.Common;
using System.Text;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Kernel.Auditing;

/// <summary>What part of the trail is asked for; all that is null is not asked.</summary>
/// <param name="Since">From this instant on.</param>
/// <param name="Until">Before this instant.</param>
/// <param name="Before">Rows older than this place: the cursor.</param>
/// <param name="Refused">True: only what was refused or failed.</param>
/// <param name="WithDetail">True: what is sealed is opened, too.</param>
/// <param name="Joined">Charts that were joined into the patient's: their rows are the patient's too.</param>
public sealed record AuditQuery(
    Guid? PatientId = null, Guid? ActorId = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null, AuditPlace? Before = null, int Take = 20,
    Act? Act = null, string? Outcome = null, bool Refused = false, string? Purpose = null, bool WithDetail = false,
    IReadOnlyList<Guid>? Joined = null);

/// <summary>By what a report counts.</summary>
public enum AuditGroup { Actor, Patient, What, Outcome }

/// <summary>One line of a report over a period.</summary>
/// <param name="Key">The actor's or patient's id, the thing, or the outcome.</param>
/// <param name="Name">The actor's name and role; null for the others.</param>
/// <param name="Patients">How many charts.</param>
/// <param name="Unusual">How many with a purpose out of the ordinary (break-glass, support).</param>
public sealed record AuditCount(string Key, string? Name, int Reads, int Changes, int Refused, int Unusual, int Patients, DateTimeOffset LastAt);

/// <summary>Reads the trail, newest first.</summary>
public interface IAuditReader
{
    Task<IReadOnlyList<AuditEntry>> Read(AuditQuery query, CancellationToken ct);

    /// <summary>One row, or null.</summary>
    Task<AuditEntry?> Find(long seq, CancellationToken ct);

    /// <summary>Counts a period, the most first.</summary>
    /// <param name="skip">The lines to leave out: those of earlier pages.</param>
    Task<IReadOnlyList<AuditCount>> Count(AuditGroup by, DateTimeOffset since, DateTimeOffset until, int skip, int take, CancellationToken ct);
}

sealed class AuditReader(PortalDatabase database, Vault vault) : IAuditReader
{
    internal const string Columns =
        "seq, at, trace_id, actor_kind, actor_id, actor_name, actor_role, relation, patient_id, act, what, says, outcome, address, session_id";

    /// <summary>Added later; a row of before has none of them, and its digest is as it was.</summary>
    internal const string Added = "door, server, purpose, subject, detail";

    public async Task<IReadOnlyList<AuditEntry>> Read(AuditQuery query, CancellationToken ct)
    {
        var sql = new StringBuilder($"SELECT {Columns}, door, server, purpose, subject, {(query.WithDetail ? "detail" : "NULL")} FROM kernel_audit WHERE 1 = 1");
        var values = new List<(string, object?)>();
        void Where(string condition, string name, object? value)
        {
            if (value is null) return;
            sql.Append(" AND ").Append(condition);
            values.Add((name, value));
        }
        if (query is { PatientId: not null, Joined: { Count: > 0 } joined })
        {
            sql.Append(" AND patient_id IN (@patient").Append(string.Concat(joined.Select((_, n) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $", @joined{n}")))).Append(')');
            values.Add(("patient", query.PatientId));
            values.AddRange(joined.Select((id, n) => (string.Create(System.Globalization.CultureInfo.InvariantCulture, $"joined{n}"), (object?)id)));
        }
        else Where("patient_id = @patient", "patient", query.PatientId);
        Where("actor_id = @actor", "actor", query.ActorId);
        Where("at >= @since", "since", query.Since is { } since ? Instants.Write(since) : null);
        Where("at < @until", "until", query.Until is { } until ? Instants.Write(until) : null);
        Where("act = @act", "act", query.Act?.ToString());
        Where("outcome = @outcome", "outcome", query.Outcome);
        // Said in so many words, the index over the few applies.
        if (query.Refused || query.Outcome is { } outcome && outcome is not "ok") sql.Append(" AND outcome <> 'ok'");
        Where("purpose IS NOT NULL AND purpose = @purpose", "purpose", query.Purpose);
        if (query.Before is { } before)
        {
            sql.Append(" AND (at, seq) < (@at, @seq)");
            values.Add(("at", Instants.Write(before.At)));
            values.Add(("seq", before.Seq));
        }
        sql.Append(" ORDER BY at DESC, seq DESC LIMIT @take");
        values.Add(("take", Math.Clamp(query.Take, 1, 1000)));

        await using var connection = await database.Open(ct);
        await using var command = connection.Command(sql.ToString(), values.ToArray());
        await using var rows = await command.ExecuteReaderAsync(ct);
        var entries = new List<AuditEntry>();
        while (await rows.ReadAsync(ct)) entries.Add(Read(rows));
        return entries;
    }

    public async Task<AuditEntry?> Find(long seq, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var command = connection.Command($"SELECT {Columns}, {Added} FROM kernel_audit WHERE seq = @seq", ("seq", seq));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? Read(row) : null;
    }

    public async Task<IReadOnlyList<AuditCount>> Count(AuditGroup by, DateTimeOffset since, DateTimeOffset until, int skip, int take, CancellationToken ct)
    {
        var column = by switch { AuditGroup.Actor => "actor_id", AuditGroup.Patient => "patient_id", AuditGroup.What => "what", _ => "outcome" };
        var name = by is AuditGroup.Actor ? "MAX(actor_name || ', ' || actor_role)" : "NULL";
        await using var connection = await database.Open(ct);
        await using var command = connection.Command($"""
            SELECT {column}, {name}, SUM(CASE WHEN act = 'Read' AND outcome = 'ok' THEN 1 ELSE 0 END), SUM(CASE WHEN act <> 'Read' AND outcome = 'ok' THEN 1 ELSE 0 END),
                   SUM(CASE WHEN outcome <> 'ok' THEN 1 ELSE 0 END), COUNT(purpose), COUNT(DISTINCT patient_id), MAX(at)
            FROM kernel_audit WHERE at >= @since AND at < @until AND {column} IS NOT NULL
            GROUP BY {column} ORDER BY COUNT(*) DESC, {column} LIMIT @take OFFSET @skip
            """, ("since", Instants.Write(since)), ("until", Instants.Write(until)), ("take", take), ("skip", skip));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var counts = new List<AuditCount>();
        while (await rows.ReadAsync(ct))
            counts.Add(new(by is AuditGroup.Actor or AuditGroup.Patient ? rows.GetGuid(0).ToString() : rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetString(1),
                Whole(2), Whole(3), Whole(4), Whole(5), Whole(6), Instants.Read(rows.GetInt64(7))));
        return counts;

        int Whole(int i) => Convert.ToInt32(rows.GetValue(i), System.Globalization.CultureInfo.InvariantCulture);
    }

    AuditEntry Read(DbDataReader row) => new(
        row.GetInt64(0), Instants.Read(row.GetInt64(1)), row.GetString(2), Enum.Parse<ActorKind>(row.GetString(3)), row.GetGuid(4), row.GetString(5), row.GetString(6),
        Text(row, 7), row.IsDBNull(8) ? null : row.GetGuid(8), Enum.Parse<Act>(row.GetString(9)), row.GetString(10), row.GetString(11),
        row.GetString(12), Text(row, 13), row.IsDBNull(14) ? null : row.GetGuid(14),
        Text(row, 15), Text(row, 16), Text(row, 17), Text(row, 18), row.IsDBNull(19) ? null : AuditTrail.Open(vault, (byte[])row.GetValue(19)));

    static string? Text(DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);
}
