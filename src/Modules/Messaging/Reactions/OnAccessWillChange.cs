using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Tells somebody that what they may see for a patient is about to change; the mail says the day, and not for whom.</summary>
sealed class OnAccessWillChange(NoticeDesk desk) : INotificationHandler<AccessWillChange>
{
    public async Task Handle(AccessWillChange news, CancellationToken ct)
    {
        await desk.TellAccount(news.AccountId, news.Email, news.Language, NoticeKind.AccessWillChange, $"access:{news.Notice}", ct,
            when: language => Say.Date(news.On, new Texts { Language = language }.Culture));
        await desk.Save(ct);
    }
}
