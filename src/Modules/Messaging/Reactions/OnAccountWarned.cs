using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Warns one address of what would let somebody into an account, with the link that stops it. A reason this module does not know is warned of in no words, so it fails.</summary>
sealed class OnAccountWarned(NoticeDesk desk, PortalAddress address, RequestScope scope) : INotificationHandler<AccountWarned>
{
    public async Task Handle(AccountWarned news, CancellationToken ct)
    {
        var (kind, page) = news.What switch
        {
            "email_change_asked" => (NoticeKind.EmailChangeAsked, "/not-me/email"),
            "email_change_done" => (NoticeKind.EmailChangeDone, "/not-me/email"),
            "recovery_opened" => (NoticeKind.RecoveryOpened, "/not-me/recovery"),
            var other => throw new InvalidOperationException($"There is no warning of {other}."),
        };
        await desk.TellAccount(news.AccountId, news.Email, news.Language, kind, $"warned:{scope.NewsId}", ct, MailedLink.Address(address.Value, page, news.Token),
            language => Say.Moment(news.Until, address.Clinic.Zone, new Texts { Language = language }.Culture), news.Until);
        await desk.Save(ct);
    }
}
