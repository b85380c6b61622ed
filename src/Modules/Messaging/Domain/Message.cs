namespace PatientPortal.Messaging.Domain;

/// <summary>Which side wrote, and whether the patient or somebody for them.</summary>
enum From { Patient, Proxy, Staff }

/// <summary>Who writes: always the person at the keyboard, never the one they write for.</summary>
/// <param name="Role">A staff member's role, or a proxy's relation to the patient; empty for patients.</param>
sealed record Author(From From, Guid Id, string Name, string Role)
{
    public static Author Of(Actor actor, CurrentPatient patient) => patient.IsSelf
        ? new(From.Patient, actor.AccountId, actor.Name, "")
        : new(From.Proxy, actor.AccountId, actor.Name, patient.Relation);

    public static Author Of(CurrentStaff staff) => new(From.Staff, staff.Id, staff.Name, staff.Role);
}

/// <summary>One message. Never changed, never deleted.</summary>
sealed class Message
{
    public Guid Id { get; init; }
    public Guid ConversationId { get; init; }
    public Guid PatientId { get; init; }
    public From From { get; init; }
    public Guid AuthorId { get; init; }
    public required string AuthorName { get; init; }
    public required string AuthorRole { get; init; }

    /// <summary>Sealed.</summary>
    public required string Body { get; init; }

    public DateTimeOffset SentAt { get; init; }
    public List<ReadMark> ReadMarks { get; init; } = [];
}

/// <summary>One person has read one message. Each reader has their own: what a proxy or a covering colleague read, the patient or doctor did not.</summary>
sealed class ReadMark
{
    public Guid MessageId { get; init; }
    public Guid ReaderId { get; init; }
    public required string ReaderName { get; init; }
    public From Side { get; init; }
    public DateTimeOffset ReadAt { get; init; }
}
