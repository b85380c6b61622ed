using PatientPortal.Identity.Contracts;
using PatientPortal.Interop.Data;

namespace PatientPortal.Interop.Reactions;

/// <summary>What followed goes back; what came since stays.</summary>
internal sealed class OnChartsUnmerged(ChartMoves<InteropDb> charts) : INotificationHandler<ChartsUnmerged>
{
    public Task Handle(ChartsUnmerged news, CancellationToken ct) => charts.Undo(news.MergeId, news.FromId, news.IntoId, ct);
}
