using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;

namespace PatientPortal.Messaging.Reactions;

/// <summary>From now on notices go to the account's new address, and speak its language: those about its owner, and those about people it acts for.</summary>
sealed class OnAccountReached(MessagingDb db) : INotificationHandler<AccountReached>
{
    public async Task Handle(AccountReached news, CancellationToken ct)
    {
        foreach (var patient in await db.KnownPatients.Where(p => p.AccountId == news.AccountId).ToListAsync(ct)) (patient.Email, patient.Language) = (news.Email, news.Language);
        foreach (var proxy in (await db.KnownProxies.Where(p => p.AccountId == news.AccountId).ToListAsync(ct)).Where(p => !p.HasEnded)) (proxy.Email, proxy.Language) = (news.Email, news.Language);
        await db.Save(ct);
    }
}
