using MediatR;

namespace PatientPortal.Identity.Contracts;

/// <summary>A patient invited somebody to act for them: the link in it works once, until then.</summary>
public sealed record ProxyInvited(Guid InvitationId, string Email, string Language, string Token, DateTimeOffset ExpiresAt) : INotification;

/// <summary>Somebody came of age. What their parents could see and do for them has ended; what those booked stands.</summary>
public sealed record CameOfAge(Guid PatientId) : INotification;

/// <summary>What somebody may see and do for a patient will change on that day, because the patient reaches an age.</summary>
/// <param name="AccountId">Who is told: a parent.</param>
/// <param name="Notice">The same for the same notice, however often it is raised.</param>
public sealed record AccessWillChange(Guid Notice, Guid GrantId, Guid PatientId, Guid AccountId, string Email, string Language, DateOnly On) : INotification;

/// <summary>A patient died, or (<paramref name="Deceased"/> false) the news of it was wrong.</summary>
public sealed record PatientDied(Guid PatientId, bool Deceased) : INotification;
