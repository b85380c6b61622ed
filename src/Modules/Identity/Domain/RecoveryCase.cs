using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Domain;

enum RecoveryState { Waiting, Ready, Done, Stopped, Withdrawn, Expired }

/// <summary>By what a staff member knew who asks. What was shown stays with the person; the portal keeps its kind.</summary>
enum Evidence { PhotoDocument, PhotoOnFile, KnownToStaff, ChartFacts, CalledBack }

/// <summary>
/// Somebody lost the second factor of their account, and a staff member has checked who they are. It opens nothing by itself: after a wait, in which the owner
/// is told everywhere and can stop it, whoever knows the password may set up another factor (docs/adr/0024).
/// </summary>
sealed class RecoveryCase : IVersioned
{
    /// <summary>Who stood before a staff member with a document was seen; the mail still reaches an owner whose papers were forged.</summary>
    public static readonly TimeSpan WaitInPerson = TimeSpan.FromHours(2);

    /// <summary>A face on a screen is worth less: a day, in which nearly everybody reads mail.</summary>
    public static readonly TimeSpan WaitByVideo = TimeSpan.FromHours(24);

    /// <summary>After the wait: then nobody asks for it any more, and an open door is shut.</summary>
    public static readonly TimeSpan Ready = TimeSpan.FromDays(7);

    /// <summary>Addresses before that are told, too: a thief changes the address first.</summary>
    public static readonly TimeSpan OldAddresses = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>The account's id while it may still be used or stopped, else null: unique, so there is one at a time.</summary>
    public Guid? OpenFor { get; set; }
    public required bool InPerson { get; init; }

    /// <summary>Kinds of <see cref="Evidence"/> with commas between.</summary>
    public required string Shown { get; init; }

    /// <summary>What the staff member wrote about it.</summary>
    public string? Note { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required Guid OpenedById { get; init; }
    public required string OpenedByName { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Of the "this was not me" in the mails.</summary>
    public required byte[] StopHash { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
    public DateTimeOffset? StoppedAt { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public Guid? WithdrawnById { get; set; }
    public int Version { get; set; }

    public RecoveryState StateAt(DateTimeOffset now) =>
        DoneAt is not null ? RecoveryState.Done
        : StoppedAt is not null ? RecoveryState.Stopped
        : WithdrawnAt is not null ? RecoveryState.Withdrawn
        : ExpiresAt <= now ? RecoveryState.Expired
        : DueAt <= now ? RecoveryState.Ready
        : RecoveryState.Waiting;

    /// <summary>Whether this is enough to say who somebody is: facts of a chart can be stolen with a letter, and a caller's number proves a telephone.</summary>
    public static bool IsEnough(IReadOnlyCollection<Evidence> shown, bool inPerson) => inPerson
        ? shown.Any(e => e is Evidence.PhotoDocument or Evidence.PhotoOnFile or Evidence.KnownToStaff)
        : shown.Contains(Evidence.PhotoDocument) && shown.Distinct().Count() >= 2;

    public static string Says(Evidence evidence) => evidence switch
    {
        Evidence.PhotoDocument => "A photo document",
        Evidence.PhotoOnFile => "Their face, against the photo in the chart",
        Evidence.KnownToStaff => "A colleague knows them (say who)",
        Evidence.ChartFacts => "Facts that only they know (last visit, medicine)",
        _ => "Called back at the phone number in the chart",
    };
}

enum ReportedBy { Patient, Source }

/// <summary>
/// A phone number or e-mail address that somebody said is a patient's now, and that nobody has confirmed: a number the patient entered (the portal can't
/// call it), or what another system sent for a patient who keeps their own address here. Staff confirm it or put it aside.
/// </summary>
sealed class ReportedContact : IVersioned
{
    public const int MostADay = 3;

    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }

    /// <summary>"phone" or "email".</summary>
    public required string Kind { get; init; }
    public required ReportedBy By { get; init; }
    public required string Value { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>It is also that of somebody who cares for this minor.</summary>
    public bool IsGuardians { get; init; }

    /// <summary>Names patient and kind while it waits, else null: unique, so the newest stands alone.</summary>
    public string? OpenFor { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }
    public DateTimeOffset? SetAsideAt { get; set; }
    public Guid? SettledBy { get; set; }
    public int Version { get; set; }

    public static string Open(Guid patient, string kind) => $"{patient:N} {kind}";
}
