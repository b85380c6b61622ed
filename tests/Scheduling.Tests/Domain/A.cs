using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Tests.Domain;

/// <summary>A small clinic to think with: one provider at one place, with the hours that a test gives.</summary>
static class A
{
    public static readonly DateTimeOffset LongAgo = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Location Place(string zone = "America/New_York", int number = 1) => new()
    {
        Id = Ids.Of($"place {number}"), Number = number, Name = "Riverside Main", Address = "210 River Street", Phone = "+1 212 555 0100", Zone = zone,
    };

    public static Provider Provider(int number = 1) => new() { Id = Ids.Of($"provider {number}"), Number = number, Name = "Dr. Hannah Lee", Title = "Internal medicine" };

    public static VisitType VisitType(int minutes = 30, int number = 1) => new()
    {
        Id = Ids.Of($"type {number}"), Number = number, Name = "Follow-up visit", SpanishName = "Consulta de seguimiento", Minutes = minutes, HorizonDays = 40_000,
    };

    public static WeeklyHours Hours(DayOfWeek day, string from, string to, Location place, Provider provider) => new()
    {
        Id = Ids.Of($"hours {day} {from} {to}"), ProviderId = provider.Id, LocationId = place.Id, Day = day,
        From = TimeOnly.Parse(from, null), To = TimeOnly.Parse(to, null), ValidFrom = new(2000, 1, 1),
    };

    public static Supply Supply(Location place, VisitType type, params WeeklyHours[] hours) =>
        new(1, [place], [Provider()], [type], [new() { ProviderId = Provider().Id, VisitTypeId = type.Id }], hours);

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, null);

    /// <summary>Every open time of the clinic between two instants, as local clock times.</summary>
    public static List<Slot> OpenSlots(this Supply supply, string from, string to, params Busy[] busy) =>
        supply.Open(new(supply.VisitTypes.First().Id, null, null, At(from), At(to)), busy, LongAgo);

    public static IEnumerable<string> Clocks(this IEnumerable<Slot> slots) => slots.Select(s => s.Start.ToString("HH:mm zzz", null));
}
