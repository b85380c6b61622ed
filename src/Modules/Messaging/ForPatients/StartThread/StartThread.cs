using PatientPortal.Messaging.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForPatients.StartThread;

/// <summary>
/// A patient, or a proxy under their own name, writes to a team. The answer says by when the team replies. Repeated with the
/// same idempotency key, nothing is sent twice.
/// </summary>
[Does(Act.Create, "message", "Wrote to the care team", Needs = "messages")]
sealed record StartThreadRequest(Guid Team, string Topic, string Subject, string Body);

/// <param name="AnswerBy">Closing time of the promised business day, in the team's zone.</param>
/// <param name="Urgent">True when the words may mean an emergency: show the advice to call.</param>
sealed record StartedThread(Guid Id, Guid MessageId, string Team, DateTimeOffset AnswerBy, bool Urgent);

sealed class StartThreadRules : AbstractValidator<StartThreadRequest>
{
    public StartThreadRules()
    {
        RuleFor(r => r.Topic).Must(t => Topics.TryRead(t, out _)).WithMessage("Choose what your message is about.");
        RuleFor(r => r.Subject).Subject();
        RuleFor(r => r.Body).Body();
    }
}

sealed class StartThreadHandler(MessagingDb db, TeamBook book, CurrentPatient me, RequestScope scope, Texts T, TimeProvider clock) : IHandle<StartThreadRequest, StartedThread>
{
    public async Task<Outcome<StartedThread>> Handle(StartThreadRequest ask, CancellationToken ct)
    {
        if (!(await book.All(db, ct)).TryGetValue(ask.Team, out var team) || !team.Active)
            return Outcome.Invalid("team", "Choose a team from the list.");

        Topics.TryRead(ask.Topic, out var topic);
        var now = clock.GetUtcNow();
        var body = PlainText.Tidy(ask.Body);
        var thread = new Conversation
        {
            Id = Ids.New(clock), PatientId = me.Id, TeamId = team.Id, Topic = topic, Subject = PlainText.Tidy(ask.Subject), StartedAt = now,
        };
        if (thread.Write(Ids.New(clock), Author.Of(scope.Actor, me), body, team, now).Refused(out var no, out var message)) return no;

        db.Add(thread);
        db.Announce(new MessageSent(thread.Id, message.Id, me.Id), me.Id);
        var answer = new StartedThread(thread.Id, message.Id, team.NameIn(T.Language), Zones.In(thread.PromisedBy!.Value, team.TimeZone), UrgentWords.In(body));
        return await db.TrySave(answer, ct) is Saved.Done
            ? answer
            : Outcome.Conflict("sent_twice", "This message was already sent.");
    }
}

sealed class StartThreadApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/threads", async (StartThreadRequest ask, CurrentPatient me, IHandle<StartThreadRequest, StartedThread> start, CancellationToken ct) =>
                (await start.Handle(ask, ct)).ToHttp(t => Results.Created($"/api/v1/patients/{me.Id}/threads/{t.Id}", t)))
           .WithName("StartThread").Produces<StartedThread>(201);
}
