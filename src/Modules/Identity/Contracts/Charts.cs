using MediatR;

namespace PatientPortal.Identity.Contracts;

/// <summary>
/// Two charts were of one person: what belongs to the one belongs to the other from now on. News that still names the first, because it was on its way, is for
/// the second.
/// </summary>
/// <param name="FromId">Opens for nobody any more.</param>
/// <param name="AccountFollows">The account of the first is now that of the second.</param>
public sealed record ChartsMerged(Guid MergeId, Guid FromId, Guid IntoId, bool AccountFollows) : INotification;

/// <summary>They were not: what followed goes back. What arrived in the other since stays there.</summary>
/// <param name="AccountReturns">The account that followed goes back as well.</param>
public sealed record ChartsUnmerged(Guid MergeId, Guid FromId, Guid IntoId, bool AccountReturns) : INotification;
