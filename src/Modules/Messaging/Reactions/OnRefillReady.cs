using MediatR;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Pharmacy.Contracts;

namespace PatientPortal.Messaging.Reactions;

/// <summary>A request is done.</summary>
sealed class OnRefillReady(NoticeDesk desk) : INotificationHandler<RefillReady>
{
    public async Task Handle(RefillReady news, CancellationToken ct)
    {
        await desk.Tell(news.PatientId, NoticeKind.RefillReady, $"refill-ready:{news.RequestId}", ct);
        await desk.Save(ct);
    }
}
