namespace PatientPortal.Messaging.Domain;

/// <summary>When a team works, on its own wall clock: the hours of each weekday, holidays, and days it is closed besides.</summary>
sealed class BusinessHours(string timeZone, IReadOnlyDictionary<DayOfWeek, WorkingDay> week, IReadOnlySet<DateOnly> closed)
{
    /// <summary>No clinic is closed for longer; a team without any working day is a mistake in its settings.</summary>
    const int LongestClosure = 60;

    public bool IsBusinessDay(DateOnly day) => week.ContainsKey(day.DayOfWeek) && !Holidays.IsHoliday(day) && !closed.Contains(day);

    public bool IsOpen(DateTimeOffset at)
    {
        var (day, time) = Local(at);
        return IsBusinessDay(day) && time >= week[day.DayOfWeek].Opens && time < week[day.DayOfWeek].Closes;
    }

    /// <summary>
    /// Closing time of the n-th business day after the message counts as received. What comes in after closing, on a
    /// weekend or on a holiday counts as received on the next business day.
    /// </summary>
    public DateTimeOffset PromiseFor(DateTimeOffset received, int businessDays)
    {
        var (day, time) = Local(received);
        if (!IsBusinessDay(day) || time >= week[day.DayOfWeek].Closes) day = NextBusinessDay(day);
        for (var n = 0; n < businessDays; n++) day = NextBusinessDay(day);
        return ClosingOf(day);
    }

    DateTimeOffset ClosingOf(DateOnly day)
    {
        var closes = week[day.DayOfWeek].Closes;
        // A closing time inside the hour that a clock change skips does not exist; an hour later does.
        return Zones.ToInstant(day, closes, timeZone) ?? Zones.ToInstant(day, closes.AddHours(1), timeZone)!.Value;
    }

    DateOnly NextBusinessDay(DateOnly day)
    {
        for (var n = 1; n <= LongestClosure; n++)
            if (IsBusinessDay(day.AddDays(n))) return day.AddDays(n);
        throw new InvalidOperationException($"A team has no working day within {LongestClosure} days of {day:O}.");
    }

    (DateOnly Day, TimeOnly Time) Local(DateTimeOffset at)
    {
        var local = Zones.In(at, timeZone).DateTime;
        return (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
    }
}

/// <summary>From when to when a team works on one weekday, on its own wall clock.</summary>
sealed record WorkingDay(TimeOnly Opens, TimeOnly Closes);
