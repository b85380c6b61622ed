using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForStaff.CloseThread;

/// <summary>
/// A staff member ends a conversation and says how it ended; nobody can close one silently, or call an unanswered one answered.
/// The patient may reopen it within a week by writing again.
/// </summary>
/// <param name="Outcome">"answered", "visit_booked", "refill_handled", "handled_by_phone", "no_answer_needed" or "duplicate".</param>
[Does(Act.Update, "message", "Closed a conversation", Needs = "inbox")]
sealed record CloseThreadRequest(Guid Thread, string Outcome);

sealed record ClosedThread(Guid Thread, Guid PatientId, string Outcome, DateTimeOffset ClosedAt);

sealed class CloseThreadRules : AbstractValidator<CloseThreadRequest>
{
    public CloseThreadRules() =>
        RuleFor(r => r.Outcome).Must(o => ConversationWords.TryRead(o, out _)).WithMessage("Say how the conversation ended: choose an outcome.");
}

sealed class CloseThreadHandler(MessagingDb db, TeamBook book, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<CloseThreadRequest, ClosedThread>
{
    public Task<Outcome<ClosedThread>> Handle(CloseThreadRequest ask, CancellationToken ct) => db.OneByOne<Outcome<ClosedThread>>(ask.Thread, async () =>
    {
        var thread = await db.ThreadsFor(staff).SingleOrDefaultAsync(t => t.Id == ask.Thread, ct);
        if (thread is null) return Outcome.NotFound;
        scope.AboutPatient = thread.PatientId;

        ConversationWords.TryRead(ask.Outcome, out var with);
        if (thread.Close(staff.Id, staff.Name, with, clock.GetUtcNow()).Refused(out var no, out _)) return no;

        var zone = (await book.All(db, ct))[thread.TeamId].TimeZone;
        var closed = new ClosedThread(thread.Id, thread.PatientId, with.Code(), Zones.In(thread.ClosedAt!.Value, zone));
        return await db.TrySave(closed, ct) is Saved.Done
            ? closed
            : Outcome.Conflict("changed_meanwhile", "This conversation changed at the same moment. Read what is new before you close it.");
    }, ct);
}

sealed class CloseThreadApi : IStaffApi
{
    internal sealed record Draft(string Outcome);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/threads/{id:guid}/close", async (Guid id, Draft draft, IHandle<CloseThreadRequest, ClosedThread> close, CancellationToken ct) =>
                (await close.Handle(new(id, draft.Outcome), ct)).ToHttp(Results.Ok))
           .WithName("CloseThread").Produces<ClosedThread>().ProducesProblem(409);
}
