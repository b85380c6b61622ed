using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Sends the link that makes an address an account's, and only while it still works.</summary>
sealed class OnEmailToConfirm(NoticeDesk desk, PortalAddress address, RequestScope scope) : INotificationHandler<EmailToConfirm>
{
    public async Task Handle(EmailToConfirm news, CancellationToken ct)
    {
        await desk.TellAccount(news.AccountId, news.Email, news.Language, NoticeKind.EmailToConfirm, $"email-to-confirm:{scope.NewsId}", ct, MailedLink.Address(address.Value, "/confirm-email", news.Token),
            language => Say.Moment(news.ExpiresAt, address.Clinic.Zone, new Texts { Language = language }.Culture), news.ExpiresAt);
        await desk.Save(ct);
    }
}
