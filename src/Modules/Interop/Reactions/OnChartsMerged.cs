using PatientPortal.Identity.Contracts;
using PatientPortal.Interop.Data;

namespace PatientPortal.Interop.Reactions;

/// <summary>Everything of the one chart follows it into the other, once.</summary>
internal sealed class OnChartsMerged(ChartMoves<InteropDb> charts) : INotificationHandler<ChartsMerged>
{
    public Task Handle(ChartsMerged news, CancellationToken ct) => charts.Merge(news.MergeId, news.FromId, news.IntoId, ct);
}
