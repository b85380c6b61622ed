using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.Jobs.NoteSessions;

/// <summary>Writes down when sessions were last used, so that "too long without use" holds after a restart and on every host.</summary>
[Job("note-sessions", EverySeconds = 60, Says = "Writes down when people last did something, so that quiet sessions end")]
sealed class NoteSessions(SeenSessions seen, PortalDatabase database) : IJob
{
    public async Task<string> Run(CancellationToken ct)
    {
        var noted = seen.Take();
        if (noted.Count == 0) return "Nobody did anything since the last time.";
        await database.Write(background: true, async (connection, transaction) =>
        {
            await using var command = connection.Command("UPDATE identity_sessions SET seen_at = @at WHERE id = @id AND seen_at < @at", ("at", 0L), ("id", Guid.Empty));
            command.Transaction = transaction;
            // In one order on every host: two that note the same sessions at once wait for each other, and none dies of it.
            foreach (var (session, at) in noted.OrderBy(n => n.Session))
            {
                (command.Parameters[0].Value, command.Parameters[1].Value) = (Instants.Write(at), session);
                await command.ExecuteNonQueryAsync(ct);
            }
            return 0;
        }, ct);
        return $"Noted {noted.Count} sessions.";
    }
}
