using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Cards;

/// <summary>How many visits each place has today, for the staff's Today page: numbers only, no patient.</summary>
[Does(Act.Read, "schedule", "Looked at today's numbers", Needs = "schedule", Trail = false, Because = "Shows no patient.")]
internal sealed record TodayVisitsRequest;

internal sealed record TodayVisits(IReadOnlyList<PlaceToday> Places);

internal sealed record PlaceToday(string Name, DateOnly Date, int Booked, int StillAhead, int Cancelled, DateTimeOffset? NextStart, string Zone);

internal sealed class TodayVisitsHandler(SchedulingDb db, CurrentStaff me, Supplies supplies, TimeProvider clock) : IHandle<TodayVisitsRequest, TodayVisits>
{
    public async Task<Outcome<TodayVisits>> Handle(TodayVisitsRequest ask, CancellationToken ct)
    {
        _ = me;
        var now = clock.GetUtcNow();
        var places = new List<PlaceToday>();
        foreach (var place in (await supplies.Current(db, ct)).Locations)
        {
            var today = Zones.Date(now, place.Zone);
            var (from, to) = (Zones.StartOfDay(today, place.Zone), Zones.StartOfDay(today.AddDays(1), place.Zone));
            var visits = await db.Appointments
                .Where(a => a.StartsAt >= from && a.StartsAt < to && a.LocationId == place.Id)
                .Select(a => new { a.StartsAt, a.Status }).ToListAsync(ct);
            var live = visits.Where(v => v.Status is not AppointmentStatus.Cancelled).ToList();
            var ahead = live.Where(v => v.StartsAt > now).Select(v => v.StartsAt).Order().ToList();
            places.Add(new(place.Name, today, live.Count, ahead.Count, visits.Count - live.Count, ahead is [var next, ..] ? next : null, place.Zone));
        }
        return new TodayVisits(places);
    }
}

/// <summary>The line of the staff's navigation.</summary>
internal sealed class ScheduleNav : IStaffNav
{
    public string Label => "Schedule";
    public string Path => "/staff/schedule";
    public int Order => 20;
    public string Needs => "schedule";
}
