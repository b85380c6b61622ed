using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForPatients.ListThreads;

/// <summary>A patient's conversations, the one with the newest message first.</summary>
[Does(Act.Read, "messages", "Looked at the list of messages", Needs = "messages")]
sealed record ListThreadsRequest(PageAsk Page);

/// <param name="Status">"waiting" (for the team's answer), "answered" or "closed".</param>
/// <param name="AnswerBy">When the answer was promised, while one is awaited.</param>
/// <param name="Unread">Messages of the team that the reader, not somebody else, has yet to open.</param>
sealed record ThreadLine(
    Guid Id, string Team, string Topic, string Subject, string Preview, string LastAuthor, bool LastByTeam,
    DateTimeOffset LastAt, string TimeZone, string Status, DateTimeOffset? AnswerBy, int Unread);

sealed class ListThreadsHandler(MessagingDb db, TeamBook book, CurrentPatient me, RequestScope scope, Texts T) : IHandle<ListThreadsRequest, Page<ThreadLine>>
{
    public async Task<Outcome<Page<ThreadLine>>> Handle(ListThreadsRequest ask, CancellationToken ct)
    {
        var mine = db.Threads.AsNoTracking().Where(t => t.PatientId == me.Id);
        if (ask.Page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            mine = mine.Where(t => t.LastAt < at || (t.LastAt == at && t.Id < id));
        }

        var reader = scope.ReaderId;
        var rows = await mine.OrderByDescending(t => t.LastAt).ThenByDescending(t => t.Id).Take(ask.Page.Take + 1)
            .Select(t => new
            {
                t.Id, t.TeamId, t.Topic, t.Subject, t.State, t.LastAt, t.PromisedBy,
                // One value each: a whole row would be looked for among the messages of everybody.
                Body = t.Messages.OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id).Select(m => m.Body).First(),
                Author = t.Messages.OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id).Select(m => m.AuthorName).First(),
                From = t.Messages.OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id).Select(m => m.From).First(),
                Unread = t.Messages.Count(m => m.From == From.Staff && !m.ReadMarks.Any(r => r.ReaderId == reader)),
            }).ToListAsync(ct);

        var teams = await book.All(db, ct);
        var lines = rows.Take(ask.Page.Take).Select(t =>
        {
            var team = teams[t.TeamId];
            return new ThreadLine(t.Id, team.NameIn(T.Language), t.Topic.Code(), t.Subject, PlainText.Preview(t.Body), t.Author, t.From is From.Staff,
                Zones.In(t.LastAt, team.TimeZone), team.TimeZone, t.State.Code(), t.PromisedBy is { } by ? Zones.In(by, team.TimeZone) : null, t.Unread);
        }).ToList();
        return new Page<ThreadLine>(lines, rows.Count > lines.Count ? Cursor.Write(lines[^1].LastAt, lines[^1].Id) : null);
    }
}

sealed class ListThreadsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/threads", async ([AsParameters] PageAsk page, IHandle<ListThreadsRequest, Page<ThreadLine>> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(Results.Ok))
           .WithName("ListThreads").Produces<Page<ThreadLine>>();
}
