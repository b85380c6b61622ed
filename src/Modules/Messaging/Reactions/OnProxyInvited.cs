using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Sends the invitation's link to somebody who may have no account yet, and only while it still works. The mail names nobody.</summary>
sealed class OnProxyInvited(NoticeDesk desk, PortalAddress address) : INotificationHandler<ProxyInvited>
{
    public async Task Handle(ProxyInvited news, CancellationToken ct)
    {
        await desk.TellAccount(news.InvitationId, news.Email, news.Language, NoticeKind.ProxyInvitation, $"proxy-invitation:{news.InvitationId}", ct,
            MailedLink.Address(address.Value, "/invited", news.Token),
            language => Say.Moment(news.ExpiresAt, address.Clinic.Zone, new Texts { Language = language }.Culture), news.ExpiresAt);
        await desk.Save(ct);
    }
}
