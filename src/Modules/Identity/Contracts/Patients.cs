using MediatR;

namespace PatientPortal.Identity.Contracts;

/// <summary>A chart exists. Raised once for each patient, in the transaction that creates it.</summary>
/// <param name="PatientId">The portal's own id, the same in every module.</param>
/// <param name="ChartNumber">What people read aloud; never used again.</param>
/// <param name="Email">Where the patient gets notices, when known.</param>
/// <param name="TimeZone">IANA zone.</param>
/// <param name="Language">"en" or "es".</param>
public sealed record PatientRegistered(
    Guid PatientId, string ChartNumber, string Name, DateOnly BirthDate, string? Sex,
    string? Email, string? Phone, string TimeZone, string Language) : INotification;

/// <summary>A patient's name, birth date or contact details changed; carries all of them as they are now.</summary>
public sealed record ContactChanged(
    Guid PatientId, string Name, DateOnly BirthDate, string? Sex,
    string? Email, string? Phone, string TimeZone, string Language) : INotification;

/// <summary>The patient's own account now exists and may be written to.</summary>
public sealed record AccountActivated(Guid AccountId, Guid PatientId, string Name, string Email) : INotification;

/// <summary>
/// Somebody may act for a patient, within these scopes ("appointments", "records", "messages", "medications") and no others. Raised again whenever they
/// change; without any the grant rests (a conflict, a death) and may come back.
/// </summary>
public sealed record ProxyGranted(
    Guid GrantId, Guid PatientId, Guid AccountId, string Name, string Relation, string? Email, string Language, IReadOnlyList<string> Scopes) : INotification;

/// <summary>That grant has ended, for good.</summary>
public sealed record ProxyRevoked(Guid GrantId, Guid PatientId, Guid AccountId) : INotification;

/// <summary>A staff member joined, changed roles, or left (<paramref name="Active"/> false).</summary>
public sealed record StaffChanged(Guid StaffId, string Name, string Role, bool Active) : INotification;

/// <summary>Somebody was invited to the staff: the link in it works once, until then.</summary>
public sealed record StaffInvited(Guid InvitationId, string Email, string Token, DateTimeOffset ExpiresAt) : INotification;

/// <summary>A password reset was asked for by somebody who has an account: the link in it works once, until then.</summary>
public sealed record PasswordResetAsked(Guid AccountId, string Name, string Email, string Language, string Token, DateTimeOffset ExpiresAt) : INotification;

/// <summary>Something about how an account is reached or signed in to changed; its owner is told.</summary>
/// <param name="What">"password_changed", "account_activated", "email_changed", "account_joined" (closed, because the chart was joined with one that has an account)...</param>
public sealed record AccountSecurityChanged(Guid AccountId, string Name, string Email, string Language, string What) : INotification;

/// <summary>Identity's answer to <c>PatientArrived</c>: the chart that the arrived Patient resource belongs to, or why there is none.</summary>
/// <param name="ArrivalId">The arrival this answers.</param>
/// <param name="Reference">The reference of the Patient resource in it.</param>
/// <param name="PatientId">The chart, or null when the resource was quarantined.</param>
/// <param name="Outcome">"created", "updated", "unchanged" or "quarantined".</param>
/// <param name="Element">For a quarantine: the FHIR element at fault ("Patient.birthDate").</param>
/// <param name="Reason">For a quarantine: why, in plain words without health data.</param>
public sealed record PatientIdentified(
    Guid ArrivalId, string Reference, Guid? PatientId, string Outcome, string? Element, string? Reason) : INotification;

/// <summary>
/// Somebody says they forgot the password of this user name. Raised for every name, so that the answer takes the same time for those that nobody has.
/// </summary>
/// <param name="UserNameKey">As it is compared: trimmed, NFKC, lower case.</param>
public sealed record PasswordForgotten(string UserNameKey) : INotification;

/// <summary>The clinic answered a question about who opened this patient's record; the answer waits in the portal for whoever asked.</summary>
public sealed record PrivacyCaseAnswered(Guid CaseId, Guid PatientId, Guid AskedBy, string Email, string Language) : INotification;

/// <summary>Somebody asks for an account without a letter. Raised for everybody, so that the answer takes the same time whether a chart is theirs or not.</summary>
public sealed record SignUpAsked(Guid SignUpId) : INotification;

/// <summary>A sign-up fits one chart: the link, which works once and until then, goes to the address that the chart had before.</summary>
public sealed record SignUpMatched(Guid SignUpId, string Email, string Language, string Token, DateTimeOffset ExpiresAt) : INotification;

/// <summary>Somebody asked for an account who has one; its owner is told, at the account's own address.</summary>
public sealed record SignUpOfMember(Guid SignUpId, Guid AccountId, string Email, string Language) : INotification;
