using PatientPortal.Identity.Contracts;
using PatientPortal.Scheduling.Data;

namespace PatientPortal.Scheduling.Reactions;

/// <summary>Everything of the one chart follows it into the other, once.</summary>
internal sealed class OnChartsMerged(ChartMoves<SchedulingDb> charts) : INotificationHandler<ChartsMerged>
{
    public Task Handle(ChartsMerged news, CancellationToken ct) => charts.Merge(news.MergeId, news.FromId, news.IntoId, ct);
}
