using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Domain;

/// <summary>How an invitation stands.</summary>
enum InvitationState { Waiting, Accepted, Denied, Withdrawn, Replaced, Expired }

/// <summary>
/// A patient asks somebody to act for them. The link that was mailed is kept as its hash; it makes a grant once, for whoever holds it and knows
/// the patient's birth date.
/// </summary>
sealed class ProxyInvitation : IVersioned
{
    /// <summary>A week: long enough for somebody who seldom reads mail, short enough for a lost mailbox.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    /// <summary>Wrong birth dates: the third denies it (ARC's portal does the same).</summary>
    public const int MostTries = 3;

    /// <summary>Open at once for one patient: nobody's mailbox is a target.</summary>
    public const int MostOpen = 5;

    /// <summary>Sent for one patient within a day, the withdrawn and replaced ones too.</summary>
    public const int MostADay = 10;

    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }

    /// <summary>As the patient calls them.</summary>
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string Relation { get; init; }
    public required string Scopes { get; init; }
    public LegalBasis Basis { get; init; } = LegalBasis.PatientsWish;

    /// <summary>The paper that staff filed, when they invite.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>"en" or "es": how the mail speaks.</summary>
    public required string Language { get; init; }

    /// <summary>Of the grant that it makes.</summary>
    public DateTimeOffset? EndsAt { get; init; }
    public required byte[] TokenHash { get; init; }
    public required DateTimeOffset InvitedAt { get; init; }
    public required Guid InvitedBy { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public int Tries { get; init; }

    /// <summary>The account that was made through it, if one was.</summary>
    public Guid? JoinedAs { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public Guid? GrantId { get; init; }
    public DateTimeOffset? DeniedAt { get; init; }
    public DateTimeOffset? WithdrawnAt { get; set; }
    public DateTimeOffset? ReplacedAt { get; set; }
    public int Version { get; set; }

    public InvitationState StateAt(DateTimeOffset now) =>
        AcceptedAt is not null ? InvitationState.Accepted
        : DeniedAt is not null ? InvitationState.Denied
        : WithdrawnAt is not null ? InvitationState.Withdrawn
        : ReplacedAt is not null ? InvitationState.Replaced
        : ExpiresAt <= now ? InvitationState.Expired
        : InvitationState.Waiting;
}

/// <summary>What staff have to look at.</summary>
enum ConcernKind
{
    /// <summary>Three wrong birth dates closed an invitation.</summary>
    InvitationDenied,

    /// <summary>A teen's account would have the e-mail address or phone number of somebody who cares for them.</summary>
    SharedContact,

    /// <summary>Somebody came of age without an account: they get an activation letter.</summary>
    CameOfAge,

    /// <summary>Two charts were joined, and a grant was for one of them: it rests until staff confirm or end it.</summary>
    ChartsJoined,
}

/// <summary>One thing about proxies and minors that a staff member has to look at, until somebody has.</summary>
sealed class ProxyConcern : IVersioned
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }
    public required ConcernKind Kind { get; init; }

    /// <summary>The invitation, patient or grant that it is about.</summary>
    public required Guid SubjectId { get; init; }
    public required DateTimeOffset FoundAt { get; init; }
    public DateTimeOffset? SettledAt { get; set; }
    public Guid? SettledBy { get; set; }
    public int Version { get; set; }
}
