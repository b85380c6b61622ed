using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Whoever asked why a record was opened hears that there is an answer; nobody else does.</summary>
sealed class OnPrivacyCaseAnswered(NoticeDesk desk) : INotificationHandler<PrivacyCaseAnswered>
{
    public async Task Handle(PrivacyCaseAnswered news, CancellationToken ct)
    {
        await desk.TellAccount(news.AskedBy, news.Email, news.Language, NoticeKind.PrivacyAnswer, $"privacy-case:{news.CaseId}", ct);
        await desk.Save(ct);
    }
}
