using MediatR;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;
using PatientPortal.Scheduling.Contracts;

namespace PatientPortal.Messaging.Reactions;

/// <summary>The one notice that says when: date and time in the clinic's zone, the clinic's name and phone, and nothing else. Useless once the visit began.</summary>
sealed class OnReminderDue(NoticeDesk desk) : INotificationHandler<ReminderDue>
{
    public async Task Handle(ReminderDue news, CancellationToken ct)
    {
        await desk.Tell(news.PatientId, NoticeKind.Reminder, $"reminder:{news.ReminderId}", ct,
            language => Say.Moment(news.StartsAt, news.TimeZone, new Texts { Language = language }.Culture), news.StartsAt);
        await desk.Save(ct);
    }
}
