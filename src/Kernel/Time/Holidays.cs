namespace PatientPortal.Kernel.Time;

/// <summary>The holidays on which clinics in the United States close, on the day they are observed.</summary>
public static class Holidays
{
    /// <summary>The business day that comes this many business days after a day: Monday to Friday, but for holidays.</summary>
    public static DateOnly BusinessDayAfter(DateOnly day, int days)
    {
        for (var left = days; left > 0;)
        {
            day = day.AddDays(1);
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day)) left--;
        }
        return day;
    }

    public static bool IsHoliday(DateOnly day) => Of(day.Year).Contains(day) || Of(day.Year + 1).Contains(day);

    /// <summary>The holidays of a year; one that falls on a weekend is kept on the nearest weekday (5 U.S.C. 6103), so New Year's Day can fall in the year before.</summary>
    public static IReadOnlyList<DateOnly> Of(int year) =>
    [
        Observed(new(year, 1, 1)),
        Nth(year, 1, DayOfWeek.Monday, 3),
        LastMondayOfMay(year),
        Observed(new(year, 6, 19)),
        Observed(new(year, 7, 4)),
        Nth(year, 9, DayOfWeek.Monday, 1),
        Nth(year, 11, DayOfWeek.Thursday, 4),
        Observed(new(year, 12, 25)),
    ];

    static DateOnly Observed(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(-1),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    static DateOnly Nth(int year, int month, DayOfWeek weekday, int n)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((weekday - first.DayOfWeek + 7) % 7 + 7 * (n - 1));
    }

    static DateOnly LastMondayOfMay(int year)
    {
        var last = new DateOnly(year, 5, 31);
        return last.AddDays(-(((int)last.DayOfWeek + 6) % 7));
    }
}
