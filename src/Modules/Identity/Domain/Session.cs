namespace PatientPortal.Identity.Domain;

/// <summary>Which door a session came through: pages carry a cookie, programs a bearer token.</summary>
enum Door { Page, Api }

/// <summary>
/// One sign-in, from its start to its end. The token it is found by is kept as a hash. For programs the token is short-lived and a
/// <see cref="RefreshToken"/> gives the next one; the session is the family that ends when a used one comes back.
/// </summary>
sealed class Session
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required Door Door { get; init; }
    public required byte[] TokenHash { get; set; }

    /// <summary>Until when the token itself is good; at most <see cref="ExpiresAt"/>.</summary>
    public required DateTimeOffset TokenExpiresAt { get; set; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Exact to a minute.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>When its holder last proved who they are with all they have; null after a sign-in that asked for less (a remembered device).</summary>
    public DateTimeOffset? ProvenAt { get; set; }

    /// <summary>The absolute limit.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>"signed_out", "token_reused", "password_changed", "account_disabled".</summary>
    public string? EndedBecause { get; set; }
    public string? Address { get; init; }

    /// <summary>What the browser or program called itself: <see cref="BrowserName"/>.</summary>
    public string? Device { get; init; }

    public static TimeSpan IdleLimit(AccountKind kind) => kind is AccountKind.Staff ? IdentityLimits.StaffIdle : IdentityLimits.PatientIdle;
}

/// <summary>Gives a session its next token, once.</summary>
sealed class RefreshToken
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public required byte[] TokenHash { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A link that sets a new password once.</summary>
sealed class PasswordReset
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required byte[] TokenHash { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
