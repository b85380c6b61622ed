namespace PatientPortal.Messaging.Domain;

/// <summary>Whose turn it is.</summary>
enum ConversationState { WaitingForUs, Answered, Closed }

/// <summary>How a conversation ended; nobody can close one without saying it.</summary>
enum ClosedWith { Answered, VisitBooked, RefillHandled, HandledByPhone, NoAnswerNeeded, Duplicate }

/// <summary>
/// A thread between a patient (or those who care for them) and a team. Called a conversation in code because .NET has a Thread of its own.
/// </summary>
sealed class Conversation : IVersioned
{
    public Guid Id { get; init; }
    public Guid PatientId { get; init; }
    public Guid TeamId { get; init; }
    public Topic Topic { get; init; }

    /// <summary>Sealed.</summary>
    public required string Subject { get; init; }

    public ConversationState State { get; private set; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>When the oldest message came that nobody has answered; null while it is not our turn.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }

    /// <summary>When the answer was promised; null while it is not our turn.</summary>
    public DateTimeOffset? PromisedBy { get; private set; }

    public Guid? ClaimedById { get; private set; }
    public string? ClaimedByName { get; private set; }
    public DateTimeOffset? ClaimedAt { get; private set; }

    public DateTimeOffset? ClosedAt { get; private set; }
    public ClosedWith? ClosedWith { get; private set; }
    public string? ClosedByName { get; private set; }

    public int Version { get; set; }
    public List<Message> Messages { get; init; } = [];

    /// <summary>A message from the patient's side: it is our turn, and the promise runs from the first unanswered message.</summary>
    public Outcome<Message> Write(Guid id, Author author, string body, Team team, DateTimeOffset now)
    {
        if (State is ConversationState.Closed && now - ClosedAt > MessagingLimits.Reopen)
            return Outcome.Refused("thread_closed",
                "This conversation was closed more than a week ago.", "Start a new message; you can refer to this one.");
        if (!team.Active)
            return Outcome.Refused("team_inactive", "This team no longer answers messages.", "Start a new message to another team.");

        if (WaitingSince is null) (WaitingSince, PromisedBy) = (now, team.PromiseFor(now));
        (State, ClosedAt, ClosedWith, ClosedByName) = (ConversationState.WaitingForUs, null, null, null);
        return Add(id, author, body, now);
    }

    /// <summary>An answer from the team. Whoever answers a conversation that nobody claimed has claimed it.</summary>
    public Outcome<Message> Answer(Guid id, Author author, string body, DateTimeOffset now)
    {
        if (State is ConversationState.Closed)
            return Outcome.Refused("thread_closed", "This conversation is closed.", "The patient can reopen it by writing again.");
        if (Claim(author.Id, author.Name, null, now).Refused(out var no, out _)) return no;

        (State, WaitingSince, PromisedBy) = (ConversationState.Answered, null, null);
        return Add(id, author, body, now);
    }

    /// <summary>Takes the conversation, or takes it over from the colleague whose claim the caller has seen.</summary>
    public Outcome<Done> Claim(Guid staffId, string name, Guid? takeOverFrom, DateTimeOffset now)
    {
        if (State is ConversationState.Closed)
            return Outcome.Refused("thread_closed", "This conversation is closed.", "The patient can reopen it by writing again.");
        if (ClaimedById == staffId) return default(Done);
        if (ClaimedById is not null && ClaimedById != takeOverFrom) return ClaimedByAnother();
        (ClaimedById, ClaimedByName, ClaimedAt) = (staffId, name, now);
        return default(Done);
    }

    public Outcome<Done> Close(Guid staffId, string name, ClosedWith with, DateTimeOffset now)
    {
        if (State is ConversationState.Closed)
            return Outcome.Conflict("already_closed", $"{ClosedByName} already closed this conversation.");
        if (ClaimedById is not null && ClaimedById != staffId) return ClaimedByAnother();
        if (with is Domain.ClosedWith.Answered && State is ConversationState.WaitingForUs)
            return Outcome.Refused("not_answered", "The last message of the patient has no answer yet.",
                "Answer it first, or choose the outcome that says why no answer is needed.");

        (State, ClosedAt, ClosedWith, ClosedByName) = (ConversationState.Closed, now, with, name);
        (WaitingSince, PromisedBy) = (null, null);
        return default(Done);
    }

    /// <summary>Closed for good: a week ago and a moment, so that writing does not open it again.</summary>
    public void Seal(DateTimeOffset now)
    {
        (State, ClosedAt, ClosedWith, ClosedByName) = (ConversationState.Closed, now - MessagingLimits.Reopen - TimeSpan.FromSeconds(1), Domain.ClosedWith.NoAnswerNeeded, null);
        (WaitingSince, PromisedBy) = (null, null);
    }

    public Refusal ClaimedByAnother() => Outcome.Conflict("already_claimed", $"{ClaimedByName} has claimed this conversation.",
        new { claimedBy = ClaimedByName, claimedById = ClaimedById, claimedAt = ClaimedAt });

    Message Add(Guid id, Author author, string body, DateTimeOffset now)
    {
        // Two messages of one moment still have an order.
        if (now <= LastAt) now = LastAt.AddMicroseconds(1);
        LastAt = now;
        var message = new Message
        {
            Id = id, ConversationId = Id, PatientId = PatientId, Body = body, SentAt = now,
            From = author.From, AuthorId = author.Id, AuthorName = author.Name, AuthorRole = author.Role,
        };
        Messages.Add(message);
        return message;
    }
}
