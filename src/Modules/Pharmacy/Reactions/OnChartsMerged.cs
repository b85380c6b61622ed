using PatientPortal.Identity.Contracts;
using PatientPortal.Pharmacy.Data;

namespace PatientPortal.Pharmacy.Reactions;

/// <summary>Everything of the one chart follows it into the other, once.</summary>
sealed class OnChartsMerged(ChartMoves<PharmacyDb> charts) : INotificationHandler<ChartsMerged>
{
    public Task Handle(ChartsMerged news, CancellationToken ct) => charts.Merge(news.MergeId, news.FromId, news.IntoId, ct);
}
