using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForStaff.CountWaiting;

/// <summary>How many conversations wait for an answer, how many are late, and since when the oldest waits.</summary>
[Does(Act.Read, "inbox", "Counted waiting messages", Needs = "inbox", Trail = false, Because = "Numbers only; no patient is shown.")]
sealed record CountWaitingRequest;

/// <param name="TimeZone">The zone of the team whose conversation is the oldest.</param>
sealed record Waiting(int Count, int Late, int Unclaimed, DateTimeOffset? Oldest, string? TimeZone);

sealed class CountWaitingHandler(MessagingDb db, TeamBook book, CurrentStaff staff, TimeProvider clock) : IHandle<CountWaitingRequest, Waiting>
{
    public async Task<Outcome<Waiting>> Handle(CountWaitingRequest ask, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var waiting = db.ThreadsFor(staff).AsNoTracking().Where(t => t.State == ConversationState.WaitingForUs);
        var counts = await waiting.GroupBy(t => 1)
            .Select(g => new { All = g.Count(), Late = g.Count(t => t.PromisedBy < now), Unclaimed = g.Count(t => t.ClaimedById == null) }).FirstOrDefaultAsync(ct);
        if (counts is null) return new Waiting(0, 0, 0, null, null);

        var oldest = await waiting.OrderBy(t => t.WaitingSince).ThenBy(t => t.Id).Select(t => new { t.WaitingSince, t.TeamId }).FirstOrDefaultAsync(ct);
        var zone = oldest is null ? null : (await book.All(db, ct))[oldest.TeamId].TimeZone;
        return new Waiting(counts.All, counts.Late, counts.Unclaimed, oldest?.WaitingSince is { } since ? Zones.In(since, zone!) : null, zone);
    }
}
