using PatientPortal.Messaging.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForPatients.WriteMessage;

/// <summary>A patient or proxy goes on in a conversation; within a week of its closing that reopens it, later it is refused.</summary>
[Does(Act.Create, "message", "Wrote to the care team", Needs = "messages")]
sealed record WriteMessageRequest(Guid Thread, string Body);

/// <param name="AnswerBy">When the answer was promised, in the team's zone.</param>
/// <param name="Urgent">True when the words may mean an emergency: show the advice to call.</param>
sealed record WrittenMessage(Guid Id, Guid Thread, DateTimeOffset SentAt, DateTimeOffset AnswerBy, bool Urgent);

sealed class WriteMessageRules : AbstractValidator<WriteMessageRequest>
{
    public WriteMessageRules() => RuleFor(r => r.Body).Body();
}

sealed class WriteMessageHandler(MessagingDb db, TeamBook book, CurrentPatient me, RequestScope scope, TimeProvider clock) : IHandle<WriteMessageRequest, WrittenMessage>
{
    static readonly Func<MessagingDb, Guid, Guid, Task<Conversation?>> Mine = EF.CompileAsyncQuery(
        (MessagingDb db, Guid thread, Guid patient) => db.Threads.SingleOrDefault(t => t.Id == thread && t.PatientId == patient));

    public Task<Outcome<WrittenMessage>> Handle(WriteMessageRequest ask, CancellationToken ct) => db.OneByOne<Outcome<WrittenMessage>>(ask.Thread, async () =>
    {
        if (await Mine(db, ask.Thread, me.Id) is not { } thread) return Outcome.NotFound;

        var team = (await book.All(db, ct))[thread.TeamId];
        var body = PlainText.Tidy(ask.Body);
        if (thread.Write(Ids.New(clock), Author.Of(scope.Actor, me), body, team, clock.GetUtcNow()).Refused(out var no, out var message)) return no;

        db.Announce(new MessageSent(thread.Id, message.Id, me.Id), me.Id);
        var answer = new WrittenMessage(message.Id, thread.Id, Zones.In(message.SentAt, team.TimeZone),
            Zones.In(thread.PromisedBy!.Value, team.TimeZone), UrgentWords.In(body));
        return await db.TrySave(answer, ct) is Saved.Done
            ? answer
            : Outcome.Conflict("sent_twice", "This was sent twice at the same moment. Please look whether it is there before you send it again.");
    }, ct);
}

sealed class WriteMessageApi : IPatientApi
{
    /// <summary>What a client sends; the thread stands in the address.</summary>
    internal sealed record Draft(string Body);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/threads/{id:guid}/messages", async (Guid id, Draft draft, CurrentPatient me, IHandle<WriteMessageRequest, WrittenMessage> write, CancellationToken ct) =>
                (await write.Handle(new(id, draft.Body), ct)).ToHttp(m => Results.Created($"/api/v1/patients/{me.Id}/threads/{m.Thread}", m)))
           .WithName("WriteMessage").Produces<WrittenMessage>(201);
}
