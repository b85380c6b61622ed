using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;

namespace PatientPortal.Messaging.Reactions;

/// <summary>What followed goes back, and the account with it; what came since stays.</summary>
sealed class OnChartsUnmerged(MessagingDb db, ChartMoves<MessagingDb> charts) : INotificationHandler<ChartsUnmerged>
{
    public Task Handle(ChartsUnmerged news, CancellationToken ct) => charts.Undo(news.MergeId, news.FromId, news.IntoId, ct,
        () => news.AccountReturns ? OnChartsMerged.HandOver(db, news.IntoId, news.FromId, ct) : Task.CompletedTask);
}
