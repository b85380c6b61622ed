using PatientPortal.Identity.Contracts;
using PatientPortal.Records.Data;

namespace PatientPortal.Records.Reactions;

/// <summary>What followed goes back; what came since stays.</summary>
sealed class OnChartsUnmerged(ChartMoves<RecordsDb> charts) : INotificationHandler<ChartsUnmerged>
{
    public Task Handle(ChartsUnmerged news, CancellationToken ct) => charts.Undo(news.MergeId, news.FromId, news.IntoId, ct);
}
