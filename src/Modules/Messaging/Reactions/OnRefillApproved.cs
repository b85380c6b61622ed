using MediatR;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Pharmacy.Contracts;

namespace PatientPortal.Messaging.Reactions;

/// <summary>A request moved on.</summary>
sealed class OnRefillApproved(NoticeDesk desk) : INotificationHandler<RefillApproved>
{
    public async Task Handle(RefillApproved news, CancellationToken ct)
    {
        await desk.Tell(news.PatientId, NoticeKind.RefillApproved, $"refill-approved:{news.RequestId}", ct);
        await desk.Save(ct);
    }
}
