using MediatR;

namespace PatientPortal.Identity.Contracts;

/// <summary>Openings of protected charts wait for this privacy officer's review for longer than they may. Told once for each officer and day.</summary>
/// <param name="Day">The clinic's.</param>
public sealed record ReviewsOverdue(Guid AccountId, string Email, string Language, DateOnly Day) : INotification;
