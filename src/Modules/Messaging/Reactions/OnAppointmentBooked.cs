using MediatR;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Scheduling.Contracts;

namespace PatientPortal.Messaging.Reactions;

/// <summary>A booked visit is confirmed, without its time: whoever reads the e-mail sees it in the portal.</summary>
sealed class OnAppointmentBooked(NoticeDesk desk) : INotificationHandler<AppointmentBooked>
{
    public async Task Handle(AppointmentBooked news, CancellationToken ct)
    {
        await desk.Tell(news.PatientId, NoticeKind.AppointmentBooked, $"appointment-booked:{news.AppointmentId}", ct, usefulUntil: news.StartsAt);
        await desk.Save(ct);
    }
}
