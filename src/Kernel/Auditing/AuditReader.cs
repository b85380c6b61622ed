using System.Data.Common;
using System.Text;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Requests;

namespace PatientPortal.Kernel.Auditing;

/// <summary>What part of the trail is asked for; all that is null is not asked.</summary>
/// <param name="Since">From this instant on.</param>
/// <param name="Until">Before this instant.</param>
/// <param name="Before">Rows with a smaller number: the cursor.</param>
public sealed record AuditQuery(
    Guid? PatientId = null, Guid? ActorId = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null, long? Before = null, int Take = 20, string? Outcome = null);

/// <summary>Reads the trail, newest first.</summary>
public interface IAuditReader
{
    Task<IReadOnlyList<AuditEntry>> Read(AuditQuery query, CancellationToken ct);
}

sealed class AuditReader(PortalDatabase database) : IAuditReader
{
    internal const string Columns =
        "seq, at, trace_id, actor_kind, actor_id, actor_name, actor_role, relation, patient_id, act, what, says, outcome, address";

    public async Task<IReadOnlyList<AuditEntry>> Read(AuditQuery query, CancellationToken ct)
    {
        var sql = new StringBuilder($"SELECT {Columns} FROM kernel_audit WHERE 1 = 1");
        var values = new List<(string, object?)>();
        void Where(string condition, string name, object? value)
        {
            if (value is null) return;
            sql.Append(" AND ").Append(condition);
            values.Add((name, value));
        }
        Where("patient_id = @patient", "patient", query.PatientId);
        Where("actor_id = @actor", "actor", query.ActorId);
        Where("at >= @since", "since", query.Since is { } since ? Instants.Write(since) : null);
        Where("at < @until", "until", query.Until is { } until ? Instants.Write(until) : null);
        Where("seq < @before", "before", query.Before);
        Where("outcome = @outcome", "outcome", query.Outcome);
        sql.Append(" ORDER BY seq DESC LIMIT @take");
        values.Add(("take", Math.Clamp(query.Take, 1, 1000)));

        await using var connection = await database.Open(ct);
        await using var command = connection.Command(sql.ToString(), values.ToArray());
        await using var rows = await command.ExecuteReaderAsync(ct);
        var entries = new List<AuditEntry>();
        while (await rows.ReadAsync(ct)) entries.Add(Read(rows));
        return entries;
    }

    internal static AuditEntry Read(DbDataReader row) => new(
        row.GetInt64(0), Instants.Read(row.GetInt64(1)), row.GetString(2), Enum.Parse<ActorKind>(row.GetString(3)), row.GetGuid(4), row.GetString(5), row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7), row.IsDBNull(8) ? null : row.GetGuid(8), Enum.Parse<Act>(row.GetString(9)), row.GetString(10), row.GetString(11),
        row.GetString(12), row.IsDBNull(13) ? null : row.GetString(13));
}
