using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForPatients.ReadUnread;

/// <summary>How many answers of the team this reader has not opened, and the newest conversations that hold them; for the home page.</summary>
[Does(Act.Read, "messages", "Looked at new messages", Needs = "messages")]
sealed record ReadUnreadRequest;

/// <param name="Latest">At most three conversations with something new, newest first.</param>
/// <param name="Waiting">Conversations that wait for the team's answer.</param>
sealed record Unread(int Count, int Waiting, IReadOnlyList<UnreadThread> Latest);

sealed record UnreadThread(Guid Id, string Subject, string Team, string TimeZone, DateTimeOffset LastAt);

sealed class ReadUnreadHandler(MessagingDb db, TeamBook book, CurrentPatient me, RequestScope scope, Texts T) : IHandle<ReadUnreadRequest, Unread>
{
    const int Shown = 3;

    public async Task<Outcome<Unread>> Handle(ReadUnreadRequest ask, CancellationToken ct)
    {
        var reader = scope.ReaderId;
        var open = await db.Threads.AsNoTracking()
            .Where(t => t.PatientId == me.Id
                && (t.State == ConversationState.WaitingForUs || t.Messages.Any(m => m.From == From.Staff && !m.ReadMarks.Any(r => r.ReaderId == reader))))
            .OrderByDescending(t => t.LastAt).ThenByDescending(t => t.Id)
            .Select(t => new
            {
                t.Id, t.TeamId, t.State, t.LastAt, t.Subject,
                Unread = t.Messages.Count(m => m.From == From.Staff && !m.ReadMarks.Any(r => r.ReaderId == reader)),
            }).ToListAsync(ct);

        var teams = await book.All(db, ct);
        return new Unread(open.Sum(t => t.Unread), open.Count(t => t.State is ConversationState.WaitingForUs),
        [
            .. open.Where(t => t.Unread > 0).Take(Shown).Select(t => new UnreadThread(
                t.Id, t.Subject, teams[t.TeamId].NameIn(T.Language), teams[t.TeamId].TimeZone, Zones.In(t.LastAt, teams[t.TeamId].TimeZone))),
        ]);
    }
}
