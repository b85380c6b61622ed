using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Notices about this patient no longer go to the account they closed; whoever acts for them hears on.</summary>
sealed class OnAccountClosed(MessagingDb db) : INotificationHandler<AccountClosed>
{
    public async Task Handle(AccountClosed news, CancellationToken ct)
    {
        foreach (var patient in await db.KnownPatients.Where(p => p.AccountId == news.AccountId).ToListAsync(ct)) (patient.AccountId, patient.Email) = (null, null);
        await db.Save(ct);
    }
}
