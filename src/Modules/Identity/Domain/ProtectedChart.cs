namespace PatientPortal.Identity.Domain;

/// <summary>A staff member knows this patient outside of work, as they said themselves: the chart opens to them by break-glass only.</summary>
sealed class ChartTie
{
    public required Guid Id { get; init; }
    public required Guid StaffId { get; init; }
    public required Guid PatientId { get; init; }

    /// <summary>"relative", "household", "friend", "colleague".</summary>
    public required string Relation { get; init; }
    public required DateTimeOffset DeclaredAt { get; init; }
}

/// <summary>A chart that the privacy officer protects from everybody, until they lift it: somebody well known, somebody who is being looked for.</summary>
sealed class ProtectedChart
{
    public required Guid PatientId { get; init; }
    public required Guid SetById { get; init; }
    public required string SetByName { get; init; }
    public required DateTimeOffset SetAt { get; init; }
    public required string Because { get; init; }
}

/// <summary>Why somebody breaks the glass. The patient reads it.</summary>
enum GlassReason { Emergency, Treatment, Request, Office }

/// <summary>What the review found.</summary>
enum GlassFinding { Appropriate, FollowUp, Inappropriate }

/// <summary>One opening of one protected chart by one staff member: an hour, with a reason, reviewed by the privacy officer.</summary>
sealed class BrokenGlass : IVersioned
{
    public required Guid Id { get; init; }
    public required Guid StaffId { get; init; }
    public required Guid PatientId { get; init; }

    /// <summary>Why the chart was closed to them: "relative", "colleague", "protected".</summary>
    public required string Flag { get; init; }
    public required GlassReason Reason { get; init; }

    /// <summary>The reason in their own words.</summary>
    public required string Words { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>By itself, or earlier when they close it.</summary>
    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>The end of the second business day after it was opened.</summary>
    public required DateTimeOffset ReviewBy { get; init; }
    public DateTimeOffset? ReviewedAt { get; set; }
    public Guid? ReviewedById { get; set; }
    public string? ReviewedByName { get; set; }
    public GlassFinding? Finding { get; set; }
    public string? ReviewNote { get; set; }
    public int Version { get; set; }

    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(60);

    public const int ReviewDays = 2;

    /// <summary>The reasons offered, in words.</summary>
    public static readonly IReadOnlyList<(GlassReason Reason, string Says)> Reasons =
    [
        (GlassReason.Emergency, "An emergency"),
        (GlassReason.Treatment, "I am treating this patient"),
        (GlassReason.Request, "The patient asked me to"),
        (GlassReason.Office, "Office work that nobody else can do now"),
    ];

    public static readonly IReadOnlyList<(GlassFinding Finding, string Says)> Findings =
    [
        (GlassFinding.Appropriate, "It was needed"),
        (GlassFinding.FollowUp, "I have to ask further"),
        (GlassFinding.Inappropriate, "It was not needed"),
    ];
}

/// <summary>A staff member looks at a patient's pages as the patient sees them: one session, one patient, a quarter of an hour.</summary>
sealed class SupportVisit
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public required Guid StaffId { get; init; }
    public required Guid PatientId { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(15);
}

/// <summary>Somebody was invited to join the staff, by a link that works once.</summary>
sealed class StaffInvitation : IVersioned
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required StaffRole Role { get; init; }
    public required Guid InvitedById { get; init; }
    public required string InvitedByName { get; init; }
    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>A link sent again replaces the one before.</summary>
    public required byte[] TokenHash { get; set; }
    public required DateTimeOffset SentAt { get; set; }
    public required DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? OpenedAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>Base32: the second factor that the page offers to whoever holds the link; the account's from its first code on.</summary>
    public required string TotpSecret { get; set; }
    public int Version { get; set; }

    public static readonly TimeSpan Lasts = TimeSpan.FromDays(7);

    public bool IsOpen(DateTimeOffset now) => UsedAt is null && RevokedAt is null && ExpiresAt > now;
}
