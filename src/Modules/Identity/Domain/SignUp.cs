using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Domain;

/// <summary>How a sign-up stands. Whoever asked is told the same in every state.</summary>
enum SignUpState { Asked, LinkSent, HasAccount, Waiting, Opened, Invited, Declined, Repeated }

/// <summary>Why a person at the clinic has to look.</summary>
enum SignUpDoubt { NoMatch, SeveralMatches, OtherContact, NoContact, Minor, Deceased, AccountClosed }

/// <summary>
/// Somebody without a letter asks for an account: who they say they are. It opens a chart only through the e-mail address that the chart had before
/// (rule R22); everything else waits for a person. Kept 30 days after it is over.
/// </summary>
sealed class SignUp : IVersioned
{
    public required Guid Id { get; init; }
    public required string GivenName { get; init; }
    public required string FamilyName { get; init; }
    public required DateOnly BirthDate { get; init; }

    /// <summary>FHIR administrative gender.</summary>
    public string? Sex { get; init; }
    public required string Email { get; init; }
    public string? Phone { get; init; }

    /// <summary>As it was typed: letters and digits of what stands on the clinic's papers.</summary>
    public string? ChartNumber { get; init; }

    /// <summary><see cref="MailAddress.PrintOf"/>: how often an address is given is counted by it.</summary>
    public required byte[] MailPrint { get; init; }

    /// <summary>"en" or "es": the page's, when it was asked.</summary>
    public required string Language { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public SignUpState State { get; set; }
    public SignUpDoubt? Doubt { get; set; }

    /// <summary>The chart that the link opens, or that staff chose.</summary>
    public Guid? PatientId { get; set; }
    public byte[]? TokenHash { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Wrong birth dates with the link.</summary>
    public int Tries { get; set; }
    public Guid? DecidedById { get; set; }
    public string? DecidedByName { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>How staff knew who it is, or why they declined.</summary>
    public string? Note { get; set; }
    public int Version { get; set; }

    public PersonFacts Facts => new(GivenName, FamilyName, BirthDate, Sex, Phone, Email);
}
