using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Kernel.Auditing;

/// <summary>
/// The trail of who saw and changed what. Rows of reads are written by group commit: one transaction for all that wait, so durability costs
/// each a fraction of a millisecond. Append-only is enforced by triggers; <see cref="AuditChain"/> links the rows.
/// </summary>
public sealed class AuditTrail(PortalDatabase database, Vault vault, TimeProvider clock) : BackgroundService
{
    const int Most = 256;

    readonly Channel<(AuditDraft Draft, DateTimeOffset At, TaskCompletionSource Written)> waiting =
        Channel.CreateBounded<(AuditDraft, DateTimeOffset, TaskCompletionSource)>(8192);

    /// <summary>Waits until the row is durable.</summary>
    /// <exception cref="InvalidOperationException">A change is being made: its own row is saved with it, any other is written after it.</exception>
    public async Task Write(AuditDraft draft, CancellationToken ct) => await await Queue(draft, ct);

    /// <summary>Waits until all rows are durable.</summary>
    public async Task Write(IReadOnlyList<AuditDraft> drafts, CancellationToken ct)
    {
        // They may be committed in several batches, and any of these may fail.
        var written = new List<Task>(drafts.Count);
        foreach (var draft in drafts) written.Add(await Queue(draft, ct));
        await Task.WhenAll(written);
    }

    async Task<Task> Queue(AuditDraft draft, CancellationToken ct)
    {
        if (database.Lane is { IsInside: true })
            throw new InvalidOperationException("A change is being made, and the trail is written on the same lane: waiting for it here would never end.");
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await waiting.Writer.WriteAsync((draft, clock.GetUtcNow(), written), ct);
        return written.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<(AuditDraft Draft, DateTimeOffset At, TaskCompletionSource Written)>(Most);
        // Stopping drains what waits: whoever waits gets an answer.
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < Most && waiting.Reader.TryRead(out var row)) batch.Add(row);
            try
            {
                await database.Write(background: false, async (connection, transaction) =>
                {
                    await using var command = Prepared(connection, transaction);
                    foreach (var (draft, at, _) in batch)
                    {
                        Fill(command, vault, draft, at);
                        await command.ExecuteNonQueryAsync(CancellationToken.None);
                    }
                    return 0;
                }, CancellationToken.None);
                foreach (var row in batch) row.Written.TrySetResult();
            }
            catch (Exception e)
            {
                // No disclosure without a record of it: whoever waits fails.
                foreach (var row in batch) row.Written.TrySetException(e);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        if (ExecuteTask is { } running) await running.WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    /// <summary>The row of a change, in the change's own transaction.</summary>
    internal static async Task Insert(DbConnection connection, DbTransaction? transaction, Vault vault, AuditDraft draft, DateTimeOffset at, CancellationToken ct)
    {
        await using var command = Prepared(connection, transaction);
        Fill(command, vault, draft, at);
        await command.ExecuteNonQueryAsync(ct);
    }

    static readonly string[] Columns =
        ["at", "trace_id", "actor_kind", "actor_id", "actor_name", "actor_role", "relation", "patient_id", "act", "what", "says", "outcome", "address", "session_id",
         "door", "server", "purpose", "subject", "detail"];

    /// <summary>What the sealed detail carries as its purpose.</summary>
    internal const string DetailPurpose = "kernel_audit.detail";

    static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    static readonly string InsertSql =
        $"INSERT INTO kernel_audit ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(c => "@" + c))})";

    static DbCommand Prepared(DbConnection connection, DbTransaction? transaction)
    {
        var command = connection.Command(InsertSql);
        command.Transaction = transaction;
        foreach (var column in Columns) command.Add(column, null);
        return command;
    }

    static void Fill(DbCommand command, Vault vault, AuditDraft draft, DateTimeOffset at)
    {
        object?[] values =
        [
            Instants.Write(at), draft.TraceId, draft.ActorKind.ToString(), draft.ActorId, draft.ActorName, draft.ActorRole, draft.Relation, draft.PatientId,
            draft.Act.ToString(), draft.What, draft.Says, draft.Outcome, draft.Address, draft.SessionId,
            draft.Door, Environment.MachineName, draft.Purpose, draft.Subject ?? draft.Changes.First, Detail(vault, draft),
        ];
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }

    static byte[]? Detail(Vault vault, AuditDraft draft) => draft is { Query: null, Reason: null, Changes.All: null } ? null
        : vault.Seal(JsonSerializer.SerializeToUtf8Bytes(new AuditDetail(draft.Query, draft.Reason, draft.Changes.All), Json), DetailPurpose);

    /// <summary>What a detail says, or that it can't be opened: the row itself stays readable.</summary>
    internal static AuditDetail Open(Vault vault, byte[] box)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditDetail>(vault.Open(box, DetailPurpose), Json)!;
        }
        catch (SealBroken)
        {
            return new(null, "This detail was sealed with a key that is not here, or was changed.", null);
        }
    }
}
