using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForStaff.OpenThread;

/// <summary>One conversation as the team sees it. Opening it marks the patient's messages as read by this staff member, and by nobody else.</summary>
[Does(Act.Read, "message", "Read a conversation", Needs = "inbox")]
sealed record OpenThreadRequest(Guid Id);

sealed record ThreadPatient(Guid Id, string Name);

/// <param name="Late">True when the promised time has passed.</param>
/// <param name="ClaimedById">Whose it is; null while nobody has claimed it.</param>
sealed record StaffThread(
    Guid Id, ThreadPatient Patient, string Team, string TimeZone, string Topic, string Subject, string Status, DateTimeOffset? WaitingSince,
    DateTimeOffset? AnswerBy, bool Late, bool Urgent, string? ClaimedBy, Guid? ClaimedById, DateTimeOffset? ClaimedAt, bool Mine,
    string? Outcome, string? ClosedBy, DateTimeOffset? ClosedAt, int Version, IReadOnlyList<StaffMessage> Messages) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => [Patient.Id];
}

/// <param name="From">"patient", "proxy" or "staff".</param>
/// <param name="ReadBy">Who on the other side has read it, and when.</param>
sealed record StaffMessage(Guid Id, string From, string Author, string Role, DateTimeOffset SentAt, string Body, IReadOnlyList<MessageReader> ReadBy);

sealed record MessageReader(string Name, DateTimeOffset At);

sealed class OpenThreadHandler(MessagingDb db, TeamBook book, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<OpenThreadRequest, StaffThread>
{
    public async Task<Outcome<StaffThread>> Handle(OpenThreadRequest ask, CancellationToken ct)
    {
        var found = await db.ThreadsFor(staff).AsNoTracking().Where(t => t.Id == ask.Id)
            .Select(t => new { Is = t, Patient = db.KnownPatients.Where(p => p.Id == t.PatientId).Select(p => p.Name).FirstOrDefault() })
            .SingleOrDefaultAsync(ct);
        if (found is null) return Outcome.NotFound;

        var thread = found.Is;
        scope.AboutPatient = thread.PatientId;
        var messages = await db.Messages.AsNoTracking().Where(m => m.ConversationId == thread.Id).OrderBy(m => m.SentAt).ThenBy(m => m.Id)
            .Include(m => m.ReadMarks).ToListAsync(ct);

        var now = clock.GetUtcNow();
        var unread = messages.Where(m => m.From is not From.Staff && m.ReadMarks.All(r => r.ReaderId != staff.Id)).ToList();
        if (unread.Count > 0)
        {
            db.AddRange(unread.Select(m => new ReadMark { MessageId = m.Id, ReaderId = staff.Id, ReaderName = staff.Name, ReadAt = now, Side = From.Staff }));
            // Opened in two windows at once: the other one has marked them.
            await db.TrySave(null, ct);
        }

        var team = (await book.All(db, ct))[thread.TeamId];
        DateTimeOffset There(DateTimeOffset at) => Zones.In(at, team.TimeZone);
        DateTimeOffset? Maybe(DateTimeOffset? at) => at is { } some ? There(some) : null;
        return new StaffThread(
            thread.Id, new(thread.PatientId, found.Patient ?? "A patient"), team.Name, team.TimeZone, thread.Topic.Code(), thread.Subject, thread.State.Code(),
            Maybe(thread.WaitingSince), Maybe(thread.PromisedBy), thread.PromisedBy < now,
            thread.State is ConversationState.WaitingForUs && messages.AsEnumerable().Reverse().TakeWhile(m => m.From is not From.Staff).Any(m => UrgentWords.In(m.Body)),
            thread.ClaimedByName, thread.ClaimedById, Maybe(thread.ClaimedAt), thread.ClaimedById == staff.Id,
            thread.ClosedWith?.Code(), thread.ClosedByName, Maybe(thread.ClosedAt), thread.Version,
            [.. messages.Select(m => new StaffMessage(m.Id, m.From.ToString().ToLowerInvariant(), m.AuthorName, m.AuthorRole, There(m.SentAt), m.Body,
                [.. m.ReadMarks.Where(r => r.Side is From.Staff != m.From is From.Staff).OrderBy(r => r.ReadAt).Select(r => new MessageReader(r.ReaderName, There(r.ReadAt)))]))]);
    }
}

sealed class OpenThreadApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/threads/{id:guid}", async (Guid id, IHandle<OpenThreadRequest, StaffThread> open, CancellationToken ct) =>
                (await open.Handle(new(id), ct)).ToHttp(Results.Ok))
           .WithName("OpenThread").Produces<StaffThread>();
}
