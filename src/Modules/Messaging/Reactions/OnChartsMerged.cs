using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Everything of the one chart follows it into the other, once; with it the account that is told, when that is the one which stays.</summary>
sealed class OnChartsMerged(MessagingDb db, ChartMoves<MessagingDb> charts) : INotificationHandler<ChartsMerged>
{
    public Task Handle(ChartsMerged news, CancellationToken ct) => charts.Merge(news.MergeId, news.FromId, news.IntoId, ct,
        () => news.AccountFollows ? HandOver(db, news.FromId, news.IntoId, ct) : Task.CompletedTask);

    internal static async Task HandOver(MessagingDb db, Guid from, Guid into, CancellationToken ct)
    {
        var both = await db.KnownPatients.AsTracking().Where(p => p.Id == from || p.Id == into).ToDictionaryAsync(p => p.Id, ct);
        if (!both.TryGetValue(from, out var giver) || !both.TryGetValue(into, out var taker) || giver.AccountId is null) return;
        (taker.AccountId, taker.Email) = (giver.AccountId, giver.Email);
        (giver.AccountId, giver.Email) = (null, null);
    }
}
