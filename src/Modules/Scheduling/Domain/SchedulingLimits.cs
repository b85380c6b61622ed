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

    /// <summary>One account must not empty the clinic's calendar; three visits a week through the whole horizon are about fifty.</summary>
    public int MostUpcomingVisits { get; init; } = 60;

    /// <summary>More visits than this on one day are nearly always a mistake; staff may still book them.</summary>
    public int MostVisitsADay { get; init; } = 6;

    /// <summary>Three days leave time to move a visit; one day is when people forget.</summary>
    public IReadOnlyList<int> ReminderDaysBefore { get; init; } = [3, 1];

    /// <summary>Clinic practice: texts go out between 9 and 18, in the clinic's zone.</summary>
    public TimeOnly RemindFrom { get; init; } = new(9, 0);

    public TimeOnly RemindTo { get; init; } = new(18, 0);

    /// <summary>Whether somebody who has these visits may take one more; null when they may.</summary>
    public Refusal? Allow(Slot slot, OwnVisits own, Texts T)
    {
        // Their own visit at this very time is the same time taken twice; the database says so, and other times are offered.
        if (own.Near.Any(v => v.Start < slot.End && slot.Start < v.End && (v.ProviderId, v.Start) != (slot.Provider.Id, slot.Start))) return Refusals.OverlapsOwn(T);
        if (own.Ahead >= MostUpcomingVisits) return Refusals.TooManyAhead(T, MostUpcomingVisits);
        var thatDay = own.Near.Count(v => Zones.In(v.Start, slot.Location.Zone).Date == slot.Start.Date);
        return thatDay >= MostVisitsADay ? Refusals.TooManyThatDay(T, MostVisitsADay) : null;
    }
}

/// <summary>A live visit that a patient has.</summary>
internal readonly record struct OwnVisit(Guid AppointmentId, Guid? ProviderId, DateTimeOffset Start, DateTimeOffset End);

/// <summary>How many visits a patient has ahead, and those within a day of a time they want.</summary>
internal sealed record OwnVisits(int Ahead, IReadOnlyList<OwnVisit> Near);
