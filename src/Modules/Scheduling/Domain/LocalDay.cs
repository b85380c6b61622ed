using NodaTime;
using NodaTime.TimeZones;

namespace PatientPortal.Scheduling.Domain;

/// <summary>One calendar day on the clock of one zone: turns its wall-clock times into instants.</summary>
internal readonly struct LocalDay
{
    readonly LocalDate date;
    readonly DateTimeZone zone;
    readonly long midnightTicks;
    readonly TimeSpan? steadyOffset;

    public LocalDay(DateOnly day, DateTimeZone zone)
    {
        date = LocalDate.FromDateOnly(day);
        this.zone = zone;
        midnightTicks = day.DayNumber * TimeSpan.TicksPerDay;

        // Nearly every day has one offset from end to end; finding that out once makes each time of it an addition.
        var first = zone.AtStartOfDay(date).ToInstant();
        var interval = zone.GetZoneInterval(first);
        steadyOffset = !interval.HasEnd || zone.AtStartOfDay(date.PlusDays(1)).ToInstant() <= interval.End
            ? interval.WallOffset.ToTimeSpan()
            : null;
    }

    /// <summary>The instant of a wall-clock time; null when the clock jumps over it; the first one when it strikes twice.</summary>
    public DateTimeOffset? At(TimeOnly time)
    {
        if (steadyOffset is { } offset) return new(midnightTicks + time.Ticks, offset);
        var mapping = zone.MapLocal(date + LocalTime.FromTimeOnly(time));
        return mapping.Count is 0 ? null : mapping.First().ToDateTimeOffset();
    }

    /// <summary>The instant at which this wall-clock time is reached or jumped over: where the day's hours end.</summary>
    public DateTimeOffset Until(TimeOnly time) =>
        steadyOffset is { } offset
            ? new(midnightTicks + time.Ticks, offset)
            : zone.ResolveLocal(date + LocalTime.FromTimeOnly(time), UntilResolver).ToDateTimeOffset();

    static readonly ZoneLocalMappingResolver UntilResolver =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
}
