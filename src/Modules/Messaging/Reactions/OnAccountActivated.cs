using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>From now on notices about this patient go to their own account, too; and the account is welcomed, once.</summary>
sealed class OnAccountActivated(MessagingDb db, NoticeDesk desk, ChartMoves<MessagingDb> charts) : INotificationHandler<AccountActivated>
{
    public async Task Handle(AccountActivated news, CancellationToken ct)
    {
        // Order is kept a patient: the chart was registered before its account.
        var now = await charts.NowOf(news.PatientId, ct);
        var patient = await db.KnownPatients.SingleAsync(p => p.Id == now, ct);
        // The account of a chart that was joined into another meanwhile is the other's only when that has none.
        if (now == news.PatientId || patient.AccountId is null) (patient.AccountId, patient.Email) = (news.AccountId, news.Email);
        await desk.TellAccount(news.AccountId, news.Email, patient.Language, NoticeKind.Welcome, $"account-activated:{news.AccountId}", ct);
        await desk.Save(ct);
    }
}
