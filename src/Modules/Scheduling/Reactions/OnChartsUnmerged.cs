using PatientPortal.Identity.Contracts;
using PatientPortal.Scheduling.Data;

namespace PatientPortal.Scheduling.Reactions;

/// <summary>What followed goes back; what came since stays.</summary>
internal sealed class OnChartsUnmerged(ChartMoves<SchedulingDb> charts) : INotificationHandler<ChartsUnmerged>
{
    public Task Handle(ChartsUnmerged news, CancellationToken ct) => charts.Undo(news.MergeId, news.FromId, news.IntoId, ct);
}
