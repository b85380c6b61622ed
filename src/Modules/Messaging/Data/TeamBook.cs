using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Data;

/// <summary>
/// The teams with their hours, kept in memory: every list and every message needs them, and they change a few times a year.
/// A change made on another host is seen within a minute.
/// </summary>
sealed class TeamBook(TimeProvider clock)
{
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    (IReadOnlyDictionary<Guid, Team> Teams, DateTimeOffset At)? kept;

    public async ValueTask<IReadOnlyDictionary<Guid, Team>> All(MessagingDb db, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (kept is { } known && (now - known.At).Duration() < Fresh) return known.Teams;
        var teams = await db.Teams.AsNoTracking().AsSplitQuery()
            .Include(t => t.Hours).Include(t => t.Closures).Include(t => t.Topics).ToDictionaryAsync(t => t.Id, ct);
        // No teams yet is no knowledge to keep: the first ones are being set up right now.
        if (teams.Count > 0) kept = (teams, now);
        return teams;
    }
}
