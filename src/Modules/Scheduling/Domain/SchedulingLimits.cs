namespace PatientPortal.Scheduling.Domain;

/// <summary>The clinic's numbers, from the settings <c>Scheduling__*</c>; these are the defaults, with their reasons.</summary>
internal sealed record SchedulingLimits
{
    /// <summary>The longest visit there is. The database looks this far back for an overlap, and refuses a longer row.</summary>
    public static readonly TimeSpan LongestVisit = TimeSpan.FromHours(8);

    public const int ReasonLength = 500;

    /// <summary>How many other times somebody who came too late is offered.</summary>
    public const int Alternatives = 3;

    /// <summary>How far on either side of the lost time they are looked for.</summary>
    public static readonly TimeSpan AlternativesWithin = TimeSpan.FromDays(14);

    /// <summary>The widest search for open times: beyond it an answer is no longer read by a person.</summary>
    public static readonly TimeSpan WidestSearch = TimeSpan.FromDays(92);

    /// <summary>What is searched when no end is given: the week that the booking page shows.</summary>
    public static readonly TimeSpan UsualSearch = TimeSpan.FromDays(7);

    /// <summary>One account must not empty the clinic's calendar; staff may book more.</summary>
    public int MostUpcomingVisits { get; init; } = 12;

    /// <summary>Three visits on one day is a long day for somebody unwell; more is nearly always a mistake.</summary>
    public int MostVisitsADay { get; init; } = 3;

    /// <summary>Three days leave time to move a visit; one day is when people forget.</summary>
    public IReadOnlyList<int> ReminderDaysBefore { get; init; } = [3, 1];

    /// <summary>Clinic practice: texts go out between 9 and 18, in the clinic's zone.</summary>
    public TimeOnly RemindFrom { get; init; } = new(9, 0);

    public TimeOnly RemindTo { get; init; } = new(18, 0);

    /// <summary>Whether somebody with these visits ahead may take one more; null when they may.</summary>
    public Refusal? Allow(Slot slot, IReadOnlyList<Ahead> ahead, Texts T)
    {
        if (ahead.Any(a => a.Start < slot.End && slot.Start < a.End)) return Refusals.OverlapsOwn(T);
        if (ahead.Count >= MostUpcomingVisits) return Refusals.TooManyAhead(T, MostUpcomingVisits);
        var thatDay = ahead.Count(a => Zones.In(a.Start, slot.Location.Zone).Date == slot.Start.Date);
        return thatDay >= MostVisitsADay ? Refusals.TooManyThatDay(T, MostVisitsADay) : null;
    }
}

/// <summary>A visit that a patient already has ahead.</summary>
internal readonly record struct Ahead(Guid AppointmentId, DateTimeOffset Start, DateTimeOffset End);
