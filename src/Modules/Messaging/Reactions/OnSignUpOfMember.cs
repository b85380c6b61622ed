using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Tells the owner of an account that somebody asked for another.</summary>
sealed class OnSignUpOfMember(NoticeDesk desk, PortalAddress address) : INotificationHandler<SignUpOfMember>
{
    public async Task Handle(SignUpOfMember news, CancellationToken ct)
    {
        await desk.TellAccount(news.AccountId, news.Email, news.Language, NoticeKind.SignUpOfMember, $"sign-up:{news.SignUpId}", ct, $"{address.Value}/sign-in");
        await desk.Save(ct);
    }
}
