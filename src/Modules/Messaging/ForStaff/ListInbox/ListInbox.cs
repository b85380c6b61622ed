using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForStaff.ListInbox;

/// <summary>
/// Conversations of all patients: those that wait for an answer with the longest wait first, answered and closed ones with the newest first.
/// Each patient shown has it in their access log.
/// </summary>
/// <param name="Status">"waiting" (when not given), "answered" or "closed".</param>
/// <param name="Team">Only this team's.</param>
/// <param name="Mine">Only those that the caller has claimed.</param>
[Does(Act.Read, "messages", "Looked at messages in the inbox", Needs = "inbox")]
sealed record ListInboxRequest(string? Status, Guid? Team, bool? Mine, PageAsk Page);

sealed record InboxPatient(Guid Id, string Name);

/// <param name="Since">When the patient's side wrote what waits; for others, the last message.</param>
/// <param name="Late">True when the promised time has passed.</param>
sealed record InboxLine(
    Guid Id, InboxPatient Patient, string Team, string TimeZone, string Topic, string Subject, string Preview, string Author, string Status,
    DateTimeOffset Since, DateTimeOffset? AnswerBy, bool Late, bool Urgent, string? ClaimedBy, bool Mine, string? Outcome);

sealed record Inbox(IReadOnlyList<InboxLine> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(i => i.Patient.Id);

    object IAboutPatients.Without(IReadOnlySet<Guid> closed) =>
        this with { Items = [.. Items.Select(i => closed.Contains(i.Patient.Id) ? i with { Subject = "Protected chart", Preview = "", Author = i.Patient.Name, Urgent = false } : i)] };
}

sealed class ListInboxHandler(MessagingDb db, TeamBook book, CurrentStaff staff, TimeProvider clock) : IHandle<ListInboxRequest, Inbox>
{
    public async Task<Outcome<Inbox>> Handle(ListInboxRequest ask, CancellationToken ct)
    {
        if (!TryRead(ask.Status, out var state)) return Outcome.Invalid("status", "Ask for waiting, answered or closed.");

        var threads = db.ThreadsFor(staff).AsNoTracking().Where(t => t.State == state);
        if (ask.Team is { } team) threads = threads.Where(t => t.TeamId == team);
        if (ask.Mine is true) threads = threads.Where(t => t.ClaimedById == staff.Id);

        var waiting = state is ConversationState.WaitingForUs;
        if (ask.Page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            threads = waiting
                ? threads.Where(t => t.WaitingSince > at || (t.WaitingSince == at && t.Id > id))
                : threads.Where(t => t.LastAt < at || (t.LastAt == at && t.Id < id));
        }
        threads = waiting ? threads.OrderBy(t => t.WaitingSince).ThenBy(t => t.Id) : threads.OrderByDescending(t => t.LastAt).ThenByDescending(t => t.Id);

        var rows = await threads.Take(ask.Page.Take + 1).Select(t => new
        {
            t.Id, t.PatientId, t.TeamId, t.Topic, t.Subject, t.WaitingSince, t.LastAt, t.PromisedBy, t.ClaimedById, t.ClaimedByName, t.ClosedWith,
            Patient = db.KnownPatients.Where(p => p.Id == t.PatientId).Select(p => p.Name).FirstOrDefault(),
            // One value each: a whole row would be looked for among the messages of everybody.
            Body = t.Messages.OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id).Select(m => m.Body).First(),
            Author = t.Messages.OrderByDescending(m => m.SentAt).ThenByDescending(m => m.Id).Select(m => m.AuthorName).First(),
        }).ToListAsync(ct);

        var teams = await book.All(db, ct);
        var now = clock.GetUtcNow();
        var lines = rows.Take(ask.Page.Take).Select(t =>
        {
            var zone = teams[t.TeamId].TimeZone;
            return new InboxLine(t.Id, new(t.PatientId, t.Patient ?? "A patient"), teams[t.TeamId].Name, zone, t.Topic.Code(), t.Subject,
                PlainText.Preview(t.Body), t.Author, state.Code(), Zones.In(t.WaitingSince ?? t.LastAt, zone),
                t.PromisedBy is { } by ? Zones.In(by, zone) : null, t.PromisedBy < now, waiting && UrgentWords.In(t.Body),
                t.ClaimedByName, t.ClaimedById == staff.Id, t.ClosedWith?.Code());
        }).ToList();
        return new Inbox(lines, rows.Count > lines.Count ? Cursor.Write(lines[^1].Since, lines[^1].Id) : null);
    }

    static bool TryRead(string? status, out ConversationState state)
    {
        state = status switch { "answered" => ConversationState.Answered, "closed" => ConversationState.Closed, _ => ConversationState.WaitingForUs };
        return status is null or "" or "waiting" or "answered" or "closed";
    }
}

sealed class ListInboxApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/threads", async (string? status, Guid? team, bool? mine, [AsParameters] PageAsk page, IHandle<ListInboxRequest, Inbox> list, CancellationToken ct) =>
                (await list.Handle(new(status, team, mine, page), ct)).ToHttp(Results.Ok))
           .WithName("ListInbox").Produces<Inbox>();
}
