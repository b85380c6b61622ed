using PatientPortal.Identity.Contracts;
using PatientPortal.Pharmacy.Data;

namespace PatientPortal.Pharmacy.Reactions;

/// <summary>What followed goes back; what came since stays.</summary>
sealed class OnChartsUnmerged(ChartMoves<PharmacyDb> charts) : INotificationHandler<ChartsUnmerged>
{
    public Task Handle(ChartsUnmerged news, CancellationToken ct) => charts.Undo(news.MergeId, news.FromId, news.IntoId, ct);
}
