using NodaTime;
using NodaTime.TimeZones;

namespace PatientPortal.Kernel.Time;

/// <summary>Instants in a place's own time. Zones are IANA names; the rules are NodaTime's TZDB.</summary>
public static class Zones
{
    static readonly IDateTimeZoneProvider Tzdb = DateTimeZoneProviders.Tzdb;

    /// <exception cref="DateTimeZoneNotFoundException">No such zone.</exception>
    public static DateTimeZone Of(string zone) => Tzdb[zone];

    public static bool Exists(string? zone) => zone is not null && Tzdb.GetZoneOrNull(zone) is not null;

    /// <summary>The same instant with the place's offset.</summary>
    public static DateTimeOffset In(DateTimeOffset at, string zone) =>
        Instant.FromDateTimeOffset(at).InZone(Of(zone)).ToDateTimeOffset();

    /// <summary>"EST", "EDT"; an offset where the zone has no letters.</summary>
    public static string Abbreviation(DateTimeOffset at, string zone)
    {
        var name = Of(zone).GetZoneInterval(Instant.FromDateTimeOffset(at)).Name;
        return char.IsLetter(name[0]) ? name : "UTC" + name;
    }

    public static DateOnly Date(DateTimeOffset at, string zone) => DateOnly.FromDateTime(In(at, zone).DateTime);

    /// <summary>
    /// The instant of a wall-clock time: null in the hour that spring skips; of an hour that autumn repeats, the first.
    /// </summary>
    public static DateTimeOffset? ToInstant(DateOnly date, TimeOnly time, string zone)
    {
        var mapping = Of(zone).MapLocal(LocalDate.FromDateOnly(date) + LocalTime.FromTimeOnly(time));
        return mapping.Count == 0 ? null : mapping.First().ToDateTimeOffset();
    }

    /// <summary>The first instant of a day in a place. The calendar's first day begins east of Greenwich before there are instants: there it is the first of those.</summary>
    public static DateTimeOffset StartOfDay(DateOnly date, string zone) =>
        date == DateOnly.MinValue ? DateTimeOffset.MinValue : Of(zone).AtStartOfDay(LocalDate.FromDateOnly(date)).ToDateTimeOffset();

    /// <summary>The instant at which a day is over in a place: the first of the next day, or the last there is.</summary>
    public static DateTimeOffset EndOfDay(DateOnly date, string zone) =>
        date == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOfDay(date.AddDays(1), zone);
}
