namespace PatientPortal.Identity.Domain;

/// <summary>What became of an activation code. "Opened" is one that somebody has begun to use.</summary>
enum ActivationState { Issued, Opened, Used, Expired, Revoked, Replaced, TriedTooOften }

/// <summary>Opens one chart to one person who has it in hand and knows the birth date. Only its hash is kept.</summary>
sealed class ActivationCode
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }
    public required byte[] CodeHash { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The staff member who issued it.</summary>
    public required Guid IssuedBy { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it first came to the activation page: typed there, or through the letter's QR code.</summary>
    public DateTimeOffset? OpenedAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }

    /// <summary>It was revoked because another one was issued.</summary>
    public bool IsReplaced { get; set; }

    /// <summary>Birth dates compared so far, less the right ones. A try is taken before its birth date is looked at.</summary>
    public int Tries { get; set; }

    public bool IsOpen(DateTimeOffset now) =>
        UsedAt is null && RevokedAt is null && ExpiresAt > now && Tries < IdentityLimits.ActivationTries;

    public ActivationState StateAt(DateTimeOffset now) =>
        UsedAt is not null ? ActivationState.Used
        : RevokedAt is not null ? IsReplaced ? ActivationState.Replaced : ActivationState.Revoked
        : Tries >= IdentityLimits.ActivationTries ? ActivationState.TriedTooOften
        : ExpiresAt <= now ? ActivationState.Expired
        : OpenedAt is not null ? ActivationState.Opened : ActivationState.Issued;
}
