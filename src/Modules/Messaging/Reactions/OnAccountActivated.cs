using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>From now on notices about this patient go to their own account, too; and the account is welcomed, once.</summary>
sealed class OnAccountActivated(MessagingDb db, NoticeDesk desk) : INotificationHandler<AccountActivated>
{
    public async Task Handle(AccountActivated news, CancellationToken ct)
    {
        // Order is kept a patient: the chart was registered before its account.
        var patient = await db.KnownPatients.SingleAsync(p => p.Id == news.PatientId, ct);
        (patient.AccountId, patient.Email) = (news.AccountId, news.Email);
        await desk.TellAccount(news.AccountId, news.Email, patient.Language, NoticeKind.Welcome, $"account-activated:{news.AccountId}", ct);
        await desk.Save(ct);
    }
}
