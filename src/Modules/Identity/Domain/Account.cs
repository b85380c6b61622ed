using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Domain;

enum AccountKind { Patient, Staff }

/// <summary>Somebody who can sign in: a patient, a proxy without a chart of their own, or a staff member.</summary>
sealed class Account : IVersioned
{
    public required Guid Id { get; init; }
    public required AccountKind Kind { get; init; }
    public required string UserName { get; set; }

    /// <summary>Unique: <see cref="LoginName.Key"/>.</summary>
    public required string UserNameKey { get; set; }

    /// <summary>The name shown to others.</summary>
    public required string Name { get; set; }

    /// <summary>Where notices go. Not unique: a parent's address serves for the children too.</summary>
    public required string Email { get; set; }

    /// <summary><see cref="MailAddress.PrintOf"/> of the address: an account is found by it, and a stolen file does not tell whose it is. Follows the address at every save.</summary>
    public byte[]? EmailPrint { get; set; }
    public required string PasswordHash { get; set; }

    /// <summary>Base32, or null when there is no second factor. Staff always have one.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>The last time step whose code was accepted: codes work once.</summary>
    public long TotpStep { get; set; }

    /// <summary>Base32: a second factor that is being set up and has not shown its first code yet.</summary>
    public string? PendingTotpSecret { get; set; }

    public DateTimeOffset? PendingTotpUntil { get; set; }

    /// <summary>The account's own chart.</summary>
    public Guid? PatientId { get; init; }

    /// <summary>"en" or "es".</summary>
    public string Language { get; set; } = "en";
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>When its owner closed it; disabled since then. The user name stays taken. Opened again only by a new activation code.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
    public int Version { get; set; }

    /// <summary>Closed by its owner, and activated anew with these details; the user name stays what it was.</summary>
    public Account OpenedAgain(Account anew)
    {
        (Name, Email, PasswordHash, Language) = (anew.Name, anew.Email, anew.PasswordHash, anew.Language);
        (DisabledAt, ClosedAt) = (null, null);
        return this;
    }

    public bool HasSecondFactor => TotpSecret is not null;
}

/// <summary>What makes an account a staff member's. Its id is the account's.</summary>
sealed class StaffMember
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }
    public required StaffRole Role { get; set; }

    /// <summary>Their own chart, when they are a patient here too: closed to them as staff, and protected from their colleagues.</summary>
    public Guid? ChartId { get; set; }
}

/// <summary>A member's role was changed: from what to what, by whom, when. Kept for good.</summary>
sealed class RoleChange
{
    public required Guid Id { get; init; }
    public required Guid StaffId { get; init; }

    /// <summary>Null when the member joined.</summary>
    public StaffRole? From { get; init; }
    public required StaffRole To { get; init; }
    public required Guid ById { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }
}
