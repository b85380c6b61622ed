using MediatR;
using PatientPortal.Messaging.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>An answer is waiting in the portal.</summary>
sealed class OnMessageAnswered(NoticeDesk desk) : INotificationHandler<MessageAnswered>
{
    public async Task Handle(MessageAnswered news, CancellationToken ct)
    {
        await desk.Tell(news.PatientId, NoticeKind.Message, $"message-answered:{news.MessageId}", ct);
        await desk.Save(ct);
    }
}
