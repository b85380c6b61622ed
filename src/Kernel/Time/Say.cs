using System.Globalization;

namespace PatientPortal.Kernel.Time;

/// <summary>Dates and times as people read them: a date has its weekday, a time its zone.</summary>
public static class Say
{
    static bool Spanish(CultureInfo culture) => culture.TwoLetterISOLanguageName is "es";

    /// <summary>"Thursday, November 26, 2026".</summary>
    public static string Date(DateTimeOffset at, string zone, CultureInfo culture) => Date(Zones.Date(at, zone), culture);

    public static string Date(DateOnly date, CultureInfo culture) =>
        date.ToString(Spanish(culture) ? "dddd d 'de' MMMM 'de' yyyy" : "dddd, MMMM d, yyyy", culture);

    /// <summary>"Thu, Nov 26".</summary>
    public static string Day(DateTimeOffset at, string zone, CultureInfo culture) =>
        Zones.In(at, zone).ToString(Spanish(culture) ? "ddd d MMM" : "ddd, MMM d", culture);

    /// <summary>"Nov 26, 2026".</summary>
    public static string Short(DateTimeOffset at, string zone, CultureInfo culture) => Short(Zones.Date(at, zone), culture);

    public static string Short(DateOnly date, CultureInfo culture) =>
        date.ToString(Spanish(culture) ? "d MMM yyyy" : "MMM d, yyyy", culture);

    /// <summary>"9:00 am EST".</summary>
    public static string Time(DateTimeOffset at, string zone, CultureInfo culture) =>
        $"{Clock(at, zone, culture)} {Zones.Abbreviation(at, zone)}";

    /// <summary>"9:00 am", for lists whose heading names the zone.</summary>
    public static string Clock(DateTimeOffset at, string zone, CultureInfo culture) =>
        Zones.In(at, zone).ToString("h:mm ", culture) + (Zones.In(at, zone).Hour < 12 ? "am" : "pm");

    /// <summary>"Thursday, November 26, 2026 at 9:00 am EST".</summary>
    public static string Moment(DateTimeOffset at, string zone, CultureInfo culture) =>
        $"{Date(at, zone, culture)} {(Spanish(culture) ? "a las" : "at")} {Time(at, zone, culture)}";
}
