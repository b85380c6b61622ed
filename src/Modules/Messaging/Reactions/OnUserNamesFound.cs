using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Tells an address the user names that belong to it, in one mail.</summary>
sealed class OnUserNamesFound(NoticeDesk desk, PortalAddress address) : INotificationHandler<UserNamesFound>
{
    public async Task Handle(UserNamesFound news, CancellationToken ct)
    {
        await desk.TellAccount(news.MailId, news.Email, news.Language, NoticeKind.UserNames, $"user-names:{news.MailId}", ct, $"{address.Value}/sign-in", names: string.Join('\n', news.UserNames));
        await desk.Save(ct);
    }
}
