using FsCheck;
using FsCheck.Fluent;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Tests.Domain;

/// <summary>For random hours, zones, kinds of visits and live appointments, over both changes of the clock.</summary>
public class SupplyProperties
{
    static readonly string[] Someplace =
    [
        "America/New_York", "America/Chicago", "America/Phoenix", "America/St_Johns", "America/Sao_Paulo", "Europe/Berlin", "Europe/London",
        "Africa/Casablanca", "Asia/Kolkata", "Asia/Tehran", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "UTC",
    ];

    sealed record Case(string Zone, int Minutes, int From, int Length, DateOnly Day, int[] Taken);

    static readonly Gen<Case> Cases =
        from zone in Gen.Elements(Someplace)
        from minutes in Gen.Elements(10, 15, 20, 25, 30, 45, 60, 90)
        from start in Gen.Choose(0, 90)
        from length in Gen.Choose(1, 95)
        from month in Gen.Elements(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 25), new DateOnly(2026, 4, 1), new DateOnly(2026, 9, 25), new DateOnly(2026, 10, 20), new DateOnly(2026, 10, 28))
        from day in Gen.Choose(0, 11)
        from taken in Gen.ArrayOf(Gen.Choose(0, 200))
        select new Case(zone, minutes, start * 15, Math.Min(length * 15, 1425 - start * 15), month.AddDays(day), taken);

    static (Supply Supply, Location Place, WeeklyHours[] Hours, Busy[] Busy, DateTimeOffset Midnight) Build(Case c)
    {
        var place = A.Place(c.Zone);
        WeeklyHours[] hours =
        [
            .. Enum.GetValues<DayOfWeek>().Select(day => new WeeklyHours
            {
                Id = Ids.Of($"{day}"), ProviderId = A.Provider().Id, LocationId = place.Id, Day = day, ValidFrom = new(2000, 1, 1),
                From = new(c.From / 60, c.From % 60), To = new((c.From + c.Length) / 60, (c.From + c.Length) % 60),
            }),
        ];
        var midnight = Zones.StartOfDay(c.Day, c.Zone);
        var busy = new List<Busy>();
        foreach (var quarter in c.Taken.Distinct().Order())
        {
            var start = midnight.AddMinutes(quarter * 15);
            if (busy.Count is 0 || busy[^1].End <= start) busy.Add(new(A.Provider().Id, start, start.AddMinutes(10 + quarter % 50)));
        }
        return (A.Supply(place, A.VisitType(c.Minutes), hours), place, hours, [.. busy], midnight);
    }

    static void ForAll(Func<Case, bool> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(Cases.ToArbitrary(), holds));

    [Fact]
    public void no_slot_lies_outside_the_wall_clock_hours_of_its_template() => ForAll(c =>
    {
        var (supply, place, hours, _, midnight) = Build(c);
        return supply.Open(new(A.VisitType(c.Minutes).Id, null, null, midnight, midnight.AddDays(3)), [], A.LongAgo).All(slot =>
        {
            var (start, end) = (Zones.In(slot.Start, place.Zone), Zones.In(slot.End, place.Zone));
            var closes = Zones.ToInstant(DateOnly.FromDateTime(start.DateTime), hours[0].To, place.Zone);
            return TimeOnly.FromDateTime(start.DateTime) >= hours[0].From && start.Offset == slot.Start.Offset
                && (closes is null || end <= closes) && slot.End - slot.Start == TimeSpan.FromMinutes(c.Minutes);
        });
    });

    [Fact]
    public void no_slot_overlaps_a_live_appointment_and_all_others_are_offered() => ForAll(c =>
    {
        var (supply, _, _, busy, midnight) = Build(c);
        var search = new SlotSearch(A.VisitType(c.Minutes).Id, null, null, midnight, midnight.AddDays(3));
        bool IsFree(Slot s) => !busy.Any(b => b.Start < s.End && s.Start < b.End);
        return supply.Open(search, busy, A.LongAgo).SequenceEqual(supply.Open(search, [], A.LongAgo).Where(IsFree));
    });

    [Fact]
    public void every_offered_slot_can_be_found_by_its_id_and_is_offered_once() => ForAll(c =>
    {
        var (supply, _, _, _, midnight) = Build(c);
        var open = supply.Open(new(A.VisitType(c.Minutes).Id, null, null, midnight, midnight.AddDays(3)), [], A.LongAgo);
        return open.DistinctBy(s => s.Start).Count() == open.Count
            && open.All(s => supply.Take(s.Id, A.LongAgo.AddYears(6), new()).Value == s);
    });
}
