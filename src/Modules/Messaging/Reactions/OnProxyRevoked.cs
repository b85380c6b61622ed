using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>From now on this person hears nothing more, not even what was already waiting to be sent.</summary>
sealed class OnProxyRevoked(MessagingDb db) : INotificationHandler<ProxyRevoked>
{
    public async Task Handle(ProxyRevoked news, CancellationToken ct)
    {
        var proxy = await db.KnownProxies.SingleOrDefaultAsync(p => p.GrantId == news.GrantId, ct);
        if (proxy is null)
            db.Add(proxy = new KnownProxy { GrantId = news.GrantId, PatientId = news.PatientId, AccountId = news.AccountId, Name = "", Language = "en", Scopes = "" });
        proxy.End();
        foreach (var waiting in await db.Deliveries.Where(d => d.GrantId == news.GrantId && (d.State == DeliveryState.Due || d.State == DeliveryState.NeedsPerson)).ToListAsync(ct))
            waiting.Withdraw("The recipient's access has ended.");
        await db.Save(ct);
    }
}
