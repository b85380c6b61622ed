using MediatR;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Scheduling.Contracts;

namespace PatientPortal.Messaging.Reactions;

/// <summary>A cancelled visit is told to everybody who looks after it.</summary>
sealed class OnAppointmentCancelled(NoticeDesk desk) : INotificationHandler<AppointmentCancelled>
{
    public async Task Handle(AppointmentCancelled news, CancellationToken ct)
    {
        await desk.Tell(news.PatientId, NoticeKind.AppointmentCancelled, $"appointment-cancelled:{news.AppointmentId}", ct);
        await desk.Save(ct);
    }
}
