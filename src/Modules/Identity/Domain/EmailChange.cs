using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Domain;

/// <summary>
/// The owner of an account wants another e-mail address. It counts once the link that was sent there has been used; the address before is told at once, and can
/// stop or undo it for a week. A row for each change, kept: where an account was reached before is where a theft is noticed.
/// </summary>
sealed class EmailChange : IVersioned
{
    /// <summary>63B 4.2.1.2 (N5): what is sent by e-mail is good for at most 24 hours.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    /// <summary>Somebody who reads mail once a week still comes in time.</summary>
    public static readonly TimeSpan CanBeStopped = TimeSpan.FromDays(7);

    /// <summary>Between two mails to one address.</summary>
    public static readonly TimeSpan SendEvery = TimeSpan.FromMinutes(2);

    /// <summary>Asked by one account within a day.</summary>
    public const int MostADay = 5;

    /// <summary>Mails to one new address within a day, whoever asks for them: nobody's mailbox is a target.</summary>
    public const int MostMails = 5;

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required string From { get; init; }
    public required string To { get; init; }

    /// <summary><see cref="MailAddress.PrintOf"/> of <see cref="To"/>.</summary>
    public required byte[] ToPrint { get; init; }

    /// <summary>The session that asked: it stays when the others end.</summary>
    public required Guid AskedIn { get; init; }

    /// <summary>Of the link to the new address.</summary>
    public required byte[] TokenHash { get; set; }

    /// <summary>Of the "this was not me" in the first mail to the address before.</summary>
    public required byte[] StopHash { get; init; }

    /// <summary>The same for the mail that says it is done.</summary>
    public byte[]? UndoHash { get; set; }
    public required DateTimeOffset AskedAt { get; init; }
    public required DateTimeOffset SentAt { get; set; }
    public int Mails { get; set; } = 1;
    public required DateTimeOffset ExpiresAt { get; set; }
    public required DateTimeOffset StopUntil { get; set; }

    /// <summary>The account's id while it waits for its link, else null: unique, so one change is under way at a time.</summary>
    public Guid? OpenFor { get; set; }
    public DateTimeOffset? ConfirmedAt { get; set; }
    public DateTimeOffset? StoppedAt { get; set; }
    public int Version { get; set; }

    public bool IsOpen(DateTimeOffset now) => OpenFor is not null && ExpiresAt > now;
}

/// <summary>A mail with the user names of an address was sent: at most a few a day, since a mailbox is not a target.</summary>
sealed class UserNameMail
{
    public const int MostADay = 3;
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }
    public required byte[] EmailPrint { get; init; }
    public required DateTimeOffset SentAt { get; init; }
}
