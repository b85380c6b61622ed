using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Sends the link of an invitation to the staff, and only while it still works. As for a password, the delivery is named after a digest of the token.</summary>
sealed class OnStaffInvited(NoticeDesk desk, PortalAddress address) : INotificationHandler<StaffInvited>
{
    public async Task Handle(StaffInvited news, CancellationToken ct)
    {
        await desk.TellAccount(news.InvitationId, news.Email, "en", NoticeKind.StaffInvited, NoticeDesk.NameOf("staff-invited", news.Token), ct,
            MailedLink.Address(address.Value, "/join", news.Token),
            language => Say.Moment(news.ExpiresAt, address.Clinic.Zone, new Texts { Language = language }.Culture), news.ExpiresAt);
        await desk.Save(ct);
    }
}
