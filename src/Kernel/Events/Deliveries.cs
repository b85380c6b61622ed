using PatientPortal.Kernel.Data;

namespace PatientPortal.Kernel.Events;

/// <summary>One delivery as staff see it: never its content.</summary>
public sealed record DeliveryRow(long Seq, string Event, string Handler, string State, int Attempts, DateTimeOffset At, DateTimeOffset? NextAt, string? Error);

/// <summary>What the courier has to do, for the staff page; and the ways a person can help.</summary>
public sealed class Deliveries(PortalDatabase database, CourierBell bell, TimeProvider clock)
{
    const int TidyMost = 500;

    /// <summary>Deliveries that need a person or wait for another try, newest first.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> Troubled(long? before, int take, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var command = connection.Command("""
            SELECT d.seq, o.type, d.handler, d.state, d.attempts, o.at, d.next_at, d.error
            FROM kernel_deliveries d JOIN kernel_outbox o ON o.id = d.outbox_id
            WHERE (d.state = 'needs_person' OR (d.state = 'pending' AND d.attempts > 0)) AND d.seq < @before
            ORDER BY d.seq DESC LIMIT @take
            """, ("before", before ?? long.MaxValue), ("take", take));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var troubled = new List<DeliveryRow>();
        while (await rows.ReadAsync(ct))
        {
            var state = rows.GetString(3);
            troubled.Add(new(rows.GetInt64(0), rows.GetString(1).Split('.')[^1], rows.GetString(2), state, rows.GetInt32(4), Instants.Read(rows.GetInt64(5)),
                state is "pending" ? Instants.Read(rows.GetInt64(6)) : null, rows.IsDBNull(7) ? null : rows.GetString(7)));
        }
        return troubled;
    }

    /// <summary>How many wait to be delivered, and how many need a person.</summary>
    public async Task<(int Waiting, int NeedPerson)> Count(CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var command = connection.Command(
            "SELECT COALESCE(SUM(CASE WHEN state = 'pending' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN state = 'needs_person' THEN 1 ELSE 0 END), 0) FROM kernel_deliveries WHERE state <> 'done'");
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (Convert.ToInt32(row.GetValue(0), null), Convert.ToInt32(row.GetValue(1), null));
    }

    /// <summary>Tries a delivery again from the start; false when it is done or not there.</summary>
    public async Task<bool> Retry(long seq, CancellationToken ct)
    {
        var changed = await database.Execute(
            "UPDATE kernel_deliveries SET state = 'pending', attempts = 0, next_at = @now WHERE seq = @seq AND state <> 'done'", ct,
            ("now", Instants.Write(clock.GetUtcNow())), ("seq", seq));
        bell.Ring();
        return changed > 0;
    }

    /// <summary>Removes what was delivered longer ago than <paramref name="age"/>; gives how many news.</summary>
    public async Task<int> Tidy(TimeSpan age, CancellationToken ct)
    {
        var before = Instants.Write(clock.GetUtcNow() - age);
        // In small changes: people's own wait between them, not behind a week of news.
        while (await database.Execute(
            "DELETE FROM kernel_deliveries WHERE seq IN (SELECT seq FROM kernel_deliveries WHERE state = 'done' AND done_at < @before ORDER BY seq LIMIT @most)", ct,
            ("before", before), ("most", TidyMost)) == TidyMost) { }
        var removed = 0;
        int some;
        do
        {
            some = await database.Execute(
                "DELETE FROM kernel_outbox WHERE id IN (SELECT id FROM kernel_outbox WHERE at < @before AND NOT EXISTS (SELECT 1 FROM kernel_deliveries d WHERE d.outbox_id = kernel_outbox.id) LIMIT @most)", ct,
                ("before", before), ("most", TidyMost));
            removed += some;
        } while (some == TidyMost);
        return removed;
    }
}
