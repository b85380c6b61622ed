using PatientPortal.Identity.Contracts;
using PatientPortal.Records.Data;

namespace PatientPortal.Records.Reactions;

/// <summary>Everything of the one chart follows it into the other, once.</summary>
sealed class OnChartsMerged(ChartMoves<RecordsDb> charts) : INotificationHandler<ChartsMerged>
{
    public Task Handle(ChartsMerged news, CancellationToken ct) => charts.Merge(news.MergeId, news.FromId, news.IntoId, ct);
}
