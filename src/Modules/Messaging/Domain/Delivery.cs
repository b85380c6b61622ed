namespace PatientPortal.Messaging.Domain;

/// <summary>Where a notice to one person over one channel stands.</summary>
enum DeliveryState
{
    /// <summary>To be sent at <see cref="Delivery.DueAt"/>.</summary>
    Due,

    /// <summary>A sender has it until <see cref="Delivery.LeaseUntil"/>; past that, the sender has crashed and it is due again.</summary>
    Sending,

    Sent,

    /// <summary>Every try failed, or the address was refused: a person has to look.</summary>
    NeedsPerson,

    /// <summary>No longer to be sent: the recipient may not know it any more, or it came too late to be of use.</summary>
    Withdrawn,
}

/// <summary>One notice to one recipient over one channel. Unique by (news, recipient, channel): news seen twice is sent once.</summary>
sealed class Delivery : IVersioned
{
    public const string Email = "email";

    public Guid Id { get; init; }

    /// <summary>The news it tells, the same however often that news is delivered.</summary>
    public required string News { get; init; }

    /// <summary>The recipient's account.</summary>
    public Guid RecipientId { get; init; }

    public required string Channel { get; init; }
    public NoticeKind Kind { get; init; }

    /// <summary>Whom the news is about; null for news about an account.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>The grant under which the recipient hears about the patient; null for the patient themself.</summary>
    public Guid? GrantId { get; init; }

    /// <summary>Sealed.</summary>
    public required string Address { get; init; }

    /// <summary>Sealed.</summary>
    public required string Subject { get; init; }

    /// <summary>Sealed: a password reset has its link in it.</summary>
    public required string Text { get; init; }

    /// <summary>The mail's Message-ID, the same at every try, so that a repeat after a crash is recognised as one.</summary>
    public required string MessageId { get; init; }

    public DeliveryState State { get; private set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Later than this it is of no use and is not sent.</summary>
    public DateTimeOffset? UsefulUntil { get; init; }

    public int Attempts { get; private set; }
    public DateTimeOffset? LeaseUntil { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>What the mail server last said. Sealed, because servers repeat addresses.</summary>
    public string? LastAnswer { get; private set; }

    public int Version { get; set; }

    public bool IsClaimable(DateTimeOffset now) => State is DeliveryState.Due && DueAt <= now || State is DeliveryState.Sending && LeaseUntil < now;

    /// <summary>A sender takes it. Saved before anything is sent; of two senders the version lets one through.</summary>
    public void Claim(DateTimeOffset now) => (State, LeaseUntil, Attempts) = (DeliveryState.Sending, now + MessagingLimits.Lease, Attempts + 1);

    public void Withdraw(string why) => (State, LeaseUntil, LastAnswer) = (DeliveryState.Withdrawn, null, why);

    /// <summary>Writes down how the try ended; true when a person now has to look.</summary>
    public bool Took(Sending result, DateTimeOffset now)
    {
        (LeaseUntil, LastAnswer) = (null, result.Says);
        if (result.Ending is SendingEnding.Accepted)
        {
            (State, SentAt) = (DeliveryState.Sent, now);
            return false;
        }

        // When the server is away the notice is not at fault: for the first day the try does not count.
        if (result.Ending is SendingEnding.NotReached && now - CreatedAt < TimeSpan.FromDays(1)) Attempts--;

        if (result.Ending is SendingEnding.Refused || Attempts > MessagingLimits.Waits.Length)
        {
            State = DeliveryState.NeedsPerson;
            return true;
        }
        (State, DueAt) = (DeliveryState.Due, now + MessagingLimits.Waits[Math.Max(Attempts - 1, 0)]);
        return false;
    }

    /// <summary>A person has mended what was wrong: all tries again, from now.</summary>
    public bool Retry(DateTimeOffset now)
    {
        if (State is not DeliveryState.NeedsPerson) return false;
        (State, DueAt, Attempts) = (DeliveryState.Due, now, 0);
        return true;
    }
}

/// <summary>How one try to send ended, and what the other side said.</summary>
sealed record Sending(SendingEnding Ending, string Says);

enum SendingEnding
{
    Accepted,

    /// <summary>Not now (SMTP 4xx).</summary>
    Later,

    /// <summary>Never (SMTP 5xx).</summary>
    Refused,

    /// <summary>Nobody answered, or the connection broke.</summary>
    NotReached,
}
