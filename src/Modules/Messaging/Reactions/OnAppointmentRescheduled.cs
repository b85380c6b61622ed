using MediatR;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Scheduling.Contracts;

namespace PatientPortal.Messaging.Reactions;

/// <summary>A visit moved. It may move there and back and there again: each move is its own news.</summary>
sealed class OnAppointmentRescheduled(NoticeDesk desk, RequestScope scope) : INotificationHandler<AppointmentRescheduled>
{
    public async Task Handle(AppointmentRescheduled news, CancellationToken ct)
    {
        await desk.Tell(news.PatientId, NoticeKind.AppointmentMoved, $"appointment-moved:{scope.NewsId}", ct, usefulUntil: news.StartsAt);
        await desk.Save(ct);
    }
}
