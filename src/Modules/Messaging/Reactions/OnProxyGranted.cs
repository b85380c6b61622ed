using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>From now on this person hears of what their scopes include.</summary>
sealed class OnProxyGranted(MessagingDb db, ChartMoves<MessagingDb> charts) : INotificationHandler<ProxyGranted>
{
    public async Task Handle(ProxyGranted news, CancellationToken ct)
    {
        var proxy = await db.KnownProxies.SingleOrDefaultAsync(p => p.GrantId == news.GrantId, ct);
        // Grants end for good, and news of different kinds may overtake each other.
        if (proxy is { HasEnded: true }) return;
        if (proxy is null)
            db.Add(proxy = new KnownProxy
            {
                GrantId = news.GrantId, PatientId = await charts.NowOf(news.PatientId, ct), AccountId = news.AccountId, Name = news.Name, Language = news.Language, Scopes = "",
            });
        (proxy.Name, proxy.Language, proxy.Email) = (news.Name, news.Language, news.Email);
        proxy.Allow(news.Scopes);
        await db.Save(ct);
    }
}
