using System.Data.Common;
using System.Text.Json;
using MediatR;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Events;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Kernel.Data;

/// <summary>This delivery was already done, by an earlier try or another host: its effects must not happen again.</summary>
sealed class AlreadyDelivered : Exception;

/// <summary>What a module's save keeps beside its own rows, in the same transaction: news, audit row, remembered answer, receipt.</summary>
sealed class Kept(PortalDatabase database, Vault vault, Listeners listeners, CourierBell bell, TimeProvider clock)
{
    public PortalDatabase Database => database;

    public async Task Write(
        DbConnection connection, DbTransaction? transaction, RequestScope scope,
        IReadOnlyList<(INotification News, Guid? Subject)> announced, object? answer, CancellationToken ct)
    {
        if (scope.Guard is { } guard) await guard(ct);
        var now = Instants.Write(clock.GetUtcNow());
        if (scope is { Receipt: { } delivery, ReceiptWritten: false })
        {
            await using var receipt = connection.Command(
                "UPDATE kernel_deliveries SET state = 'done', done_at = @now WHERE seq = @seq AND state <> 'done'", ("now", now), ("seq", delivery));
            receipt.Transaction = transaction;
            if (await receipt.ExecuteNonQueryAsync(ct) == 0) throw new AlreadyDelivered();
            (connection as SqliteDoor)?.Draft?.Otherwise(static () => new AlreadyDelivered());
            scope.ReceiptWritten = true;
        }

        foreach (var (news, subject) in announced)
        {
            var type = news.GetType();
            var handlers = listeners.Of(type);
            if (handlers.Count == 0) continue;
            var id = Ids.New(clock);
            await using var outbox = connection.Command(
                "INSERT INTO kernel_outbox (id, type, subject, at, payload, trace_id) VALUES (@id, @type, @subject, @at, @payload, @trace)",
                ("id", id), ("type", type.FullName), ("subject", subject), ("at", now),
                ("payload", vault.Seal(JsonSerializer.SerializeToUtf8Bytes(news, type, Courier.Json), Courier.Purpose, pack: false)), ("trace", scope.TraceId));
            outbox.Transaction = transaction;
            await outbox.ExecuteNonQueryAsync(ct);
            foreach (var handler in handlers)
            {
                await using var deliver = connection.Command(
                    "INSERT INTO kernel_deliveries (outbox_id, handler, subject, state, attempts, next_at) VALUES (@outbox, @handler, @subject, 'pending', 0, @at)",
                    ("outbox", id), ("handler", handler.Name), ("subject", subject), ("at", now));
                deliver.Transaction = transaction;
                await deliver.ExecuteNonQueryAsync(ct);
            }
        }

        if (scope.Draft is { Written: false } draft)
        {
            await AuditTrail.Insert(connection, transaction, vault, draft.Completed(scope), clock.GetUtcNow(), ct);
            if (scope.AlsoAboutPatient is { } other) await AuditTrail.Insert(connection, transaction, vault, draft.Completed(scope) with { PatientId = other }, clock.GetUtcNow(), ct);
            draft.Written = true;
        }

        if (answer is not null && scope.Repeat is { Written: false } repeat)
        {
            await using var forget = connection.Command("DELETE FROM kernel_repeats WHERE key = @key AND at <= @since",
                ("key", repeat.Key), ("since", Instants.Write(clock.GetUtcNow().AddHours(-24))));
            forget.Transaction = transaction;
            await forget.ExecuteNonQueryAsync(ct);
            await using var remember = connection.Command(
                "INSERT INTO kernel_repeats (key, request, answer, at) VALUES (@key, @request, @answer, @at)",
                ("key", repeat.Key), ("request", repeat.Request), ("at", Instants.Write(repeat.At)),
                ("answer", vault.Seal(JsonSerializer.SerializeToUtf8Bytes(answer, answer.GetType(), Repeats.Json), Repeats.Purpose, pack: false)));
            remember.Transaction = transaction;
            await remember.ExecuteNonQueryAsync(ct);
            repeat.Written = true;
        }
    }

    public void Ring() => bell.Ring();

    /// <summary>What was written beside the change went back with it.</summary>
    public void RolledBack(RequestScope scope)
    {
        scope.ReceiptWritten = false;
        if (scope.Draft is { } draft)
        {
            draft.Written = false;
            draft.Changes.Forget();
        }
        if (scope.Repeat is { } repeat) repeat.Written = false;
    }
}
