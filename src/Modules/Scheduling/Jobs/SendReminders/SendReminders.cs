using PatientPortal.Scheduling.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Jobs.SendReminders;

/// <summary>
/// Announces each reminder that is due, once: the row is claimed by a conditional update in the transaction that
/// announces it, so a second run, another host or a crash in between can't announce it again or lose it.
/// </summary>
[Job("send-reminders", EverySeconds = 60, Says = "Sends appointment reminders that are due")]
internal sealed class SendReminders(SchedulingDb db, SchedulingLimits limits, TimeProvider clock) : IJob
{
    const int AtOnce = 100;

    sealed record Due(Guid ReminderId, DateTimeOffset DueAt, Guid AppointmentId, Guid PatientId, DateTimeOffset StartsAt, string Zone, bool IsBooked);

    public async Task<string> Run(CancellationToken ct)
    {
        var sent = 0;
        while (true)
        {
            var due = await Find(ct);
            foreach (var visit in due.GroupBy(d => d.AppointmentId)) sent += await Send([.. visit], ct);
            if (due.Count < AtOnce) return sent switch { 0 => "No reminder was due.", 1 => "Sent 1 reminder.", _ => $"Sent {sent} reminders." };
        }
    }

    async Task<List<Due>> Find(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await (
            from reminder in db.Reminders
            where reminder.State == ReminderState.Planned && reminder.DueAt <= now
            join a in db.Appointments on reminder.AppointmentId equals a.Id
            orderby reminder.DueAt
            select new Due(reminder.Id, reminder.DueAt, a.Id, a.PatientId, a.StartsAt, a.Zone, a.Status == AppointmentStatus.Booked)).Take(AtOnce).ToListAsync(ct);
    }

    /// <summary>What is due for one visit. When several rungs passed while nothing ran, the latest speaks for all.</summary>
    async Task<int> Send(Due[] rungs, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (latest, visit) = (rungs[^1], rungs[0]);
        var matters = visit.IsBooked && visit.StartsAt > now;
        var speakAt = Reminder.NextQuietFree(now, visit.Zone, limits);

        return await db.InTransaction(async () =>
        {
            foreach (var passed in rungs.Where(r => r != latest || !matters)) await Claim(passed, ReminderState.Skipped, ct);
            if (!matters) return 0;
            if (speakAt > now)
            {
                // Found at night, after an outage: it waits until people may be disturbed, unless the visit comes first.
                await db.Reminders.Where(r => r.Id == latest.ReminderId && r.State == ReminderState.Planned)
                    .ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, speakAt), ct);
                return 0;
            }
            if (!await Claim(latest, ReminderState.Announced, ct)) return 0;
            db.Announce(new ReminderDue(latest.ReminderId, visit.AppointmentId, visit.PatientId, Zones.In(visit.StartsAt, visit.Zone), visit.Zone), visit.PatientId);
            return 1;
        }, ct);
    }

    async Task<bool> Claim(Due due, ReminderState to, CancellationToken ct) =>
        await db.Reminders.Where(r => r.Id == due.ReminderId && r.State == ReminderState.Planned)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, to), ct) is 1;
}
