using NodaTime;

namespace PatientPortal.Scheduling.Domain;

/// <summary>What has become of a reminder.</summary>
internal enum ReminderState
{
    /// <summary>Waits for its time.</summary>
    Planned,

    /// <summary>Announced; whoever sends notices has it now.</summary>
    Announced,

    /// <summary>Its time passed while nothing ran, and a later one stands in for it.</summary>
    Skipped,
}

/// <summary>One reminder of one appointment: a row that is acted on once, whoever finds it due.</summary>
internal sealed class Reminder
{
    public Guid Id { get; init; }
    public Guid AppointmentId { get; init; }
    public DateTimeOffset DueAt { get; set; }
    public ReminderState State { get; set; }

    public static IEnumerable<Reminder> For(Appointment appointment, DateTimeOffset now, SchedulingLimits limits, TimeProvider clock) =>
        Plan(appointment.StartsAt, appointment.Zone, now, limits)
            .Select(due => new Reminder { Id = Ids.New(clock), AppointmentId = appointment.Id, DueAt = due });

    /// <summary>
    /// The ladder of a visit: so many days before it, at the visit's time of day moved into the hours in which people
    /// may be disturbed. A visit booked inside the ladder gets only the rungs still ahead.
    /// </summary>
    public static IEnumerable<DateTimeOffset> Plan(DateTimeOffset start, string zone, DateTimeOffset now, SchedulingLimits limits) =>
        limits.ReminderDaysBefore
            .Select(days => At(start, days, Zones.Of(zone), limits))
            .Where(due => due > now && due < start)
            .Distinct()
            .Order();

    /// <summary>The next moment, now or later, at which people may be disturbed there.</summary>
    public static DateTimeOffset NextQuietFree(DateTimeOffset now, string zoneId, SchedulingLimits limits)
    {
        var zone = Zones.Of(zoneId);
        var local = Instant.FromDateTimeOffset(now).InZone(zone);
        var (from, to) = (LocalTime.FromTimeOnly(limits.RemindFrom), LocalTime.FromTimeOnly(limits.RemindTo));
        if (local.TimeOfDay >= from && local.TimeOfDay < to) return now;
        var day = local.TimeOfDay < from ? local.Date : local.Date.PlusDays(1);
        return zone.AtLeniently(day + from).ToDateTimeOffset();
    }

    static DateTimeOffset At(DateTimeOffset start, int daysBefore, DateTimeZone zone, SchedulingLimits limits)
    {
        var local = Instant.FromDateTimeOffset(start).InZone(zone).LocalDateTime.PlusDays(-daysBefore);
        var time = local.TimeOfDay.ToTimeOnly();
        if (time < limits.RemindFrom) time = limits.RemindFrom;
        if (time >= limits.RemindTo) time = limits.RemindTo.AddHours(-1);
        return zone.AtLeniently(local.Date + LocalTime.FromTimeOnly(time)).ToDateTimeOffset();
    }
}
