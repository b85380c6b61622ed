using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Sends the link of a sign-up, and only while it still works. As for a password, the delivery is named after a digest of the token.</summary>
sealed class OnSignUpMatched(NoticeDesk desk, PortalAddress address) : INotificationHandler<SignUpMatched>
{
    public async Task Handle(SignUpMatched news, CancellationToken ct)
    {
        await desk.TellAccount(news.SignUpId, news.Email, news.Language, NoticeKind.SignUpLink, NoticeDesk.NameOf("sign-up", news.Token), ct,
            MailedLink.Address(address.Value, "/sign-up/finish", news.Token),
            language => Say.Moment(news.ExpiresAt, address.Clinic.Zone, new Texts { Language = language }.Culture), news.ExpiresAt);
        await desk.Save(ct);
    }
}
