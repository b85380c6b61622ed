using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForPatients.ReadThread;

/// <summary>One conversation with all its messages. Opening it marks them as read by this reader, and by nobody else.</summary>
[Does(Act.Read, "message", "Read a conversation", Needs = "messages")]
sealed record ReadThreadRequest(Guid Id);

/// <param name="Status">"waiting", "answered" or "closed".</param>
/// <param name="Urgent">True while an unanswered message has words that may mean an emergency.</param>
/// <param name="ReplyUntil">For a closed conversation: until when writing reopens it.</param>
sealed record Thread(
    Guid Id, string Team, string? TeamPhone, string TimeZone, string Topic, string Subject, string Status, DateTimeOffset? AnswerBy,
    bool CanReply, DateTimeOffset? ReplyUntil, bool Urgent, IReadOnlyList<ThreadMessage> Messages);

/// <param name="Author">Who wrote; for a proxy "James Whitfield for Sofia Whitfield".</param>
/// <param name="Role">A staff member's role; a proxy's relation.</param>
/// <param name="FromTeam">True for an answer of the team.</param>
/// <param name="Mine">True when the reader wrote it.</param>
sealed record ThreadMessage(Guid Id, string Author, string Role, bool FromTeam, bool Mine, DateTimeOffset SentAt, string Body, bool New);

sealed class ReadThreadHandler(MessagingDb db, TeamBook book, CurrentPatient me, RequestScope scope, Texts T, TimeProvider clock) : IHandle<ReadThreadRequest, Thread>
{
    public async Task<Outcome<Thread>> Handle(ReadThreadRequest ask, CancellationToken ct)
    {
        var reader = scope.ReaderId;
        var thread = await db.Threads.AsNoTracking().Where(t => t.Id == ask.Id && t.PatientId == me.Id)
            .Select(t => new
            {
                Is = t,
                Messages = t.Messages.OrderBy(m => m.SentAt).ThenBy(m => m.Id)
                    .Select(m => new { m.Id, m.From, m.AuthorId, m.AuthorName, m.AuthorRole, m.Body, m.SentAt, Read = m.ReadMarks.Any(r => r.ReaderId == reader) }).ToList(),
            }).SingleOrDefaultAsync(ct);
        if (thread is null) return Outcome.NotFound;

        var now = clock.GetUtcNow();
        var unread = thread.Messages.Where(m => m.From is From.Staff && !m.Read).Select(m => m.Id).ToHashSet();
        if (unread.Count > 0 && !me.IsPreview)
        {
            db.AddRange(unread.Select(m => new ReadMark
            {
                MessageId = m, ReaderId = reader, ReaderName = scope.Actor.Name, ReadAt = now, Side = me.IsSelf ? From.Patient : From.Proxy,
            }));
            // Opened in two windows at once: the other one has marked them.
            await db.TrySave(null, ct);
        }

        var team = (await book.All(db, ct))[thread.Is.TeamId];
        DateTimeOffset There(DateTimeOffset at) => Zones.In(at, team.TimeZone);
        var closed = thread.Is.ClosedAt + MessagingLimits.Reopen;
        return new Thread(
            thread.Is.Id, team.NameIn(T.Language), team.Phone, team.TimeZone, thread.Is.Topic.Code(), thread.Is.Subject, thread.Is.State.Code(),
            thread.Is.PromisedBy is { } by ? There(by) : null, team.Active && (closed is null || now <= closed), closed is { } until ? There(until) : null,
            thread.Is.State is ConversationState.WaitingForUs && thread.Messages.AsEnumerable().Reverse().TakeWhile(m => m.From is not From.Staff).Any(m => UrgentWords.In(m.Body)),
            [.. thread.Messages.Select(m => new ThreadMessage(
                m.Id, m.From is From.Proxy ? T["{0} for {1}", m.AuthorName, me.Name] : m.AuthorName, m.AuthorRole,
                m.From is From.Staff, m.AuthorId == reader, There(m.SentAt), m.Body, unread.Contains(m.Id)))]);
    }
}

sealed class ReadThreadApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/threads/{id:guid}", async (Guid id, IHandle<ReadThreadRequest, Thread> read, CancellationToken ct) =>
                (await read.Handle(new(id), ct)).ToHttp(Results.Ok))
           .WithName("ReadThread").Produces<Thread>();
}
