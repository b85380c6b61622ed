using MediatR;

namespace PatientPortal.Identity.Contracts;

/// <summary>Somebody says they forgot their user name. Raised for every address, so that the answer takes the same time for those that nobody has.</summary>
public sealed record UserNameForgotten(string Email) : INotification;

/// <summary>These user names belong to accounts that are reached at this address: it is told, and nobody else.</summary>
/// <param name="MailId">The same for the same mail, however often it is raised.</param>
public sealed record UserNamesFound(Guid MailId, string Email, string Language, IReadOnlyList<string> UserNames) : INotification;

/// <summary>An account is to be reached at this address; the link that is sent there makes it so, once, until then.</summary>
public sealed record EmailToConfirm(Guid AccountId, string Email, string Language, string Token, DateTimeOffset ExpiresAt) : INotification;

/// <summary>Something was begun that lets whoever began it into an account: this address is told, with a link that stops it, once, until then.</summary>
/// <param name="What">"email_change_asked", "email_change_done", "recovery_opened".</param>
public sealed record AccountWarned(Guid AccountId, string Email, string Language, string What, string Token, DateTimeOffset Until) : INotification;

/// <summary>An account is reached at this address and in this language now.</summary>
public sealed record AccountReached(Guid AccountId, string Email, string Language) : INotification;

/// <summary>The owner has closed this account: it is written to no more. The patient's record stays.</summary>
/// <param name="PatientId">Their own chart, when it had one.</param>
public sealed record AccountClosed(Guid AccountId, Guid? PatientId) : INotification;
