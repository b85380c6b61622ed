namespace PatientPortal.Identity.Domain;

/// <summary>What an inquiry found about an access that was questioned.</summary>
enum PrivacyFinding { Appropriate, Inappropriate, NotWhatItSeemed }

/// <summary>
/// Somebody asks why their record was opened (45 CFR 164.530(d): a process for complaints). One case for each access; it has a day by which it is
/// answered, and an answer that the asker reads.
/// </summary>
sealed class PrivacyCase : IVersioned
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }

    /// <summary>The record of the trail that is questioned.</summary>
    public required long AuditSeq { get; init; }

    /// <summary>The staff member, proxy or app whose access it was; they don't answer it.</summary>
    public required Guid QuestionedId { get; init; }

    /// <summary>The account that asks: the patient's, or a proxy's.</summary>
    public required Guid AskedBy { get; init; }
    public required string AskedByName { get; init; }
    public required string Question { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public PrivacyFinding? Finding { get; private set; }

    /// <summary>What the asker reads.</summary>
    public string? Answer { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public Guid? AnsweredBy { get; private set; }
    public string? AnsweredByName { get; private set; }
    public int Version { get; set; }

    public void Close(PrivacyFinding finding, string answer, CurrentStaff by, DateTimeOffset now) =>
        (Finding, Answer, AnsweredAt, AnsweredBy, AnsweredByName) = (finding, answer, now, by.Id, $"{by.Name}, {by.Role}");
}
