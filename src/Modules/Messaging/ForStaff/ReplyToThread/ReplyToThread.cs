using PatientPortal.Messaging.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForStaff.ReplyToThread;

/// <summary>The team answers; the patient and those who care for them are told that there is an answer, not what it says.</summary>
[Does(Act.Create, "message", "Answered a message", Needs = "inbox")]
sealed record ReplyToThreadRequest(Guid Thread, string Body);

sealed record Reply(Guid Id, Guid Thread, Guid PatientId, DateTimeOffset SentAt);

sealed class ReplyToThreadRules : AbstractValidator<ReplyToThreadRequest>
{
    public ReplyToThreadRules() => RuleFor(r => r.Body).Body();
}

sealed class ReplyToThreadHandler(MessagingDb db, TeamBook book, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<ReplyToThreadRequest, Reply>
{
    public Task<Outcome<Reply>> Handle(ReplyToThreadRequest ask, CancellationToken ct) => db.OneByOne<Outcome<Reply>>(ask.Thread, async () =>
    {
        var thread = await db.ThreadsFor(staff).SingleOrDefaultAsync(t => t.Id == ask.Thread, ct);
        if (thread is null) return Outcome.NotFound;
        scope.AboutPatient = thread.PatientId;
        if (thread.Answer(Ids.New(clock), Author.Of(staff), PlainText.Tidy(ask.Body), clock.GetUtcNow()).Refused(out var no, out var message)) return no;

        db.Announce(new MessageAnswered(thread.Id, message.Id, thread.PatientId), thread.PatientId);
        var zone = (await book.All(db, ct))[thread.TeamId].TimeZone;
        var reply = new Reply(message.Id, thread.Id, thread.PatientId, Zones.In(message.SentAt, zone));
        return await db.TrySave(reply, ct) is Saved.Done
            ? reply
            : Outcome.Conflict("changed_meanwhile", "This conversation changed while you wrote. Read what is new, then send your answer again.");
    }, ct);
}

sealed class ReplyToThreadApi : IStaffApi
{
    internal sealed record Draft(string Body);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/threads/{id:guid}/reply", async (Guid id, Draft draft, IHandle<ReplyToThreadRequest, Reply> reply, CancellationToken ct) =>
                (await reply.Handle(new(id, draft.Body), ct)).ToHttp(r => Results.Created($"/api/v1/staff/threads/{r.Thread}", r)))
           .WithName("ReplyToThread").Produces<Reply>(201).ProducesProblem(409);
}
