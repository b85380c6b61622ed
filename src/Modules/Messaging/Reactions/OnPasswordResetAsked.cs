using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Sends the one-time link, and only while it still works. The delivery is named after a digest: the token itself stands nowhere in the clear.</summary>
sealed class OnPasswordResetAsked(NoticeDesk desk, PortalAddress address) : INotificationHandler<PasswordResetAsked>
{
    public async Task Handle(PasswordResetAsked news, CancellationToken ct)
    {
        await desk.TellAccount(news.AccountId, news.Email, news.Language, NoticeKind.PasswordReset, NoticeDesk.NameOf("password-reset", news.Token), ct,
            MailedLink.Address(address.Value, "/reset", news.Token),
            language => Say.Moment(news.ExpiresAt, address.Clinic.Zone, new Texts { Language = language }.Culture), news.ExpiresAt);
        await desk.Save(ct);
    }
}
