using MediatR;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Pharmacy.Contracts;

namespace PatientPortal.Messaging.Reactions;

/// <summary>A request was decided; reason and next step stand in the portal.</summary>
sealed class OnRefillDenied(NoticeDesk desk) : INotificationHandler<RefillDenied>
{
    public async Task Handle(RefillDenied news, CancellationToken ct)
    {
        await desk.Tell(news.PatientId, NoticeKind.RefillDenied, $"refill-denied:{news.RequestId}", ct);
        await desk.Save(ct);
    }
}
