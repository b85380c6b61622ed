using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Reactions;

/// <summary>No reminder reaches the family of somebody who has died. The visits stay for the clinic to cancel.</summary>
internal sealed class OnPatientDied(SchedulingDb db) : INotificationHandler<PatientDied>
{
    public Task Handle(PatientDied news, CancellationToken ct) => !news.Deceased ? Task.CompletedTask : db.InTransaction(() =>
        db.Reminders.Where(r => r.State == ReminderState.Planned && db.Appointments.Any(a => a.Id == r.AppointmentId && a.PatientId == news.PatientId))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, ReminderState.Skipped), ct), ct);
}
