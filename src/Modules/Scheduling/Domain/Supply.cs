using NodaTime;

namespace PatientPortal.Scheduling.Domain;

/// <summary>What is looked for. Null means any.</summary>
internal sealed record SlotSearch(Guid VisitTypeId, Guid? ProviderId, Guid? LocationId, DateTimeOffset From, DateTimeOffset To);

/// <summary>A stretch of a provider's time that a live appointment has taken.</summary>
internal readonly record struct Busy(Guid ProviderId, DateTimeOffset Start, DateTimeOffset End);

/// <summary>
/// Everything that times are offered from: places, providers, kinds of visits, weekly hours. A picture of one version
/// of them, never changed. Search and booking both ask it, so they can't disagree.
/// </summary>
internal sealed class Supply
{
    readonly Dictionary<Guid, Location> locations;
    readonly Dictionary<Guid, Provider> providers;
    readonly Dictionary<Guid, VisitType> visitTypes;
    readonly Dictionary<Guid, DateTimeZone> zones;
    readonly Dictionary<Guid, Provider[]> providersOf;
    readonly ILookup<Guid, WeeklyHours> hoursOf;

    public Supply(long version, IEnumerable<Location> locations, IEnumerable<Provider> providers,
        IEnumerable<VisitType> visitTypes, IEnumerable<Offering> offerings, IEnumerable<WeeklyHours> hours)
    {
        Version = version;
        this.locations = locations.ToDictionary(l => l.Id);
        this.providers = providers.ToDictionary(p => p.Id);
        this.visitTypes = visitTypes.ToDictionary(v => v.Id);
        zones = this.locations.Values.ToDictionary(l => l.Id, l => Zones.Of(l.Zone));
        providersOf = offerings.GroupBy(o => o.VisitTypeId).ToDictionary(
            of => of.Key,
            of => of.Select(o => this.providers[o.ProviderId]).Where(p => p.Active).OrderBy(p => p.Id).ToArray());
        hoursOf = hours.OrderBy(h => h.From).ToLookup(h => h.ProviderId);
    }

    /// <summary>Rises with every change of what is offered.</summary>
    public long Version { get; }

    public IEnumerable<Location> Locations => locations.Values.OrderBy(l => l.Name);
    public IEnumerable<Provider> Providers => providers.Values.Where(p => p.Active).OrderBy(p => p.Name);
    /// <summary>What patients book themselves.</summary>
    public IEnumerable<VisitType> VisitTypes => visitTypes.Values.Where(v => v.Active && v.ByPatients).OrderBy(v => v.Position);

    public Location? Location(Guid? id) => id is { } i ? locations.GetValueOrDefault(i) : null;
    public Provider? Provider(Guid? id) => id is { } i ? providers.GetValueOrDefault(i) : null;
    public VisitType? VisitType(Guid? id) => id is { } i ? visitTypes.GetValueOrDefault(i) : null;

    public IReadOnlyList<Provider> ProvidersFor(Guid visitTypeId) => providersOf.GetValueOrDefault(visitTypeId) ?? [];

    public IEnumerable<Guid> VisitTypesOf(Guid providerId) =>
        providersOf.Where(of => of.Value.Any(p => p.Id == providerId)).Select(of => of.Key);

    public IEnumerable<WeeklyHours> HoursOn(Guid providerId, DateOnly date) => hoursOf[providerId].Where(h => h.HoldsOn(date));

    public IEnumerable<Location> PlacesOf(Guid providerId) =>
        hoursOf[providerId].Select(h => h.LocationId).Distinct().Select(id => locations[id]);

    /// <summary>
    /// Every open time, in order of start, then provider: what the hours offer inside the visit type's lead time and
    /// horizon, without what overlaps a live appointment.
    /// </summary>
    /// <param name="busy">Live appointments of the searched providers, in order of start; those of one provider never overlap.</param>
    public List<Slot> Open(SlotSearch search, IEnumerable<Busy> busy, DateTimeOffset now)
    {
        if (VisitType(search.VisitTypeId) is not { Active: true, ByPatients: true } visitType) return [];
        var from = Later(search.From, visitType.Earliest(now));
        var to = Earlier(search.To, visitType.Latest(now));
        if (to < from) return [];

        var taken = busy.GroupBy(b => b.ProviderId).ToDictionary(g => g.Key, g => g.ToArray());
        var open = new List<Slot>();
        foreach (var provider in ProvidersFor(visitType.Id))
        {
            if (search.ProviderId is { } wanted && wanted != provider.Id) continue;
            var calendar = taken.GetValueOrDefault(provider.Id) ?? [];
            open.AddRange(Offered(visitType, provider, search.LocationId, from, to)
                .Where(s => s.Start >= from && s.Start <= to && !Overlaps(calendar, s)));
        }
        open.Sort((a, b) => a.Start.CompareTo(b.Start) is var byStart and not 0 ? byStart : a.Provider.Id.CompareTo(b.Provider.Id));
        return open;
    }

    /// <summary>The slot that an id names, when the hours offer it at this moment; null when they don't (any more).</summary>
    public Slot? Find(SlotId id)
    {
        var visitType = visitTypes.Values.FirstOrDefault(v => v.Number == id.VisitType && v.Active);
        var location = locations.Values.FirstOrDefault(l => l.Number == id.Location);
        var provider = visitType is null ? null : ProvidersFor(visitType.Id).FirstOrDefault(p => p.Number == id.Provider);
        if (visitType is null || location is null || provider is null) return null;
        return Offered(visitType, provider, location.Id, id.Start, id.Start).FirstOrDefault(s => s.Start == id.Start);
    }

    /// <summary>
    /// The slot that somebody wants to take now, or why they can't: the same rules as <see cref="Open"/>, asked again
    /// with the clock of this moment. Whether it is still free, only the database knows.
    /// </summary>
    public Outcome<Slot> Take(string slotId, DateTimeOffset now, Texts T)
    {
        if (!SlotId.TryRead(slotId, out var id)) return Refusals.NotASlot(T);
        if (Find(id) is not { VisitType.ByPatients: true } slot) return Refusals.NotOffered(T);
        if (slot.Start < slot.VisitType.Earliest(now)) return Refusals.TooSoon(T, slot.Location);
        if (slot.Start > slot.VisitType.Latest(now)) return Refusals.TooFarAhead(T, slot.VisitType);
        return slot;
    }

    /// <summary>Why a patient can't change or cancel this appointment themselves now; null when they can.</summary>
    public Refusal? MayChange(Appointment appointment, DateTimeOffset now, Texts T)
    {
        if (appointment.IsImported) return Refusals.KeptElsewhere(T);
        if (appointment.Status is not AppointmentStatus.Booked || appointment.EndsAt <= now) return Refusals.NoLongerAhead(T);
        return VisitType(appointment.VisitTypeId)!.ChangeableUntil(appointment.StartsAt) < now
            ? Refusals.TooLateToChange(T, Location(appointment.LocationId)!)
            : null;
    }

    /// <summary>What the hours of a provider offer on the local days that these instants touch, booked or not.</summary>
    IEnumerable<Slot> Offered(VisitType visitType, Provider provider, Guid? locationId, DateTimeOffset from, DateTimeOffset to)
    {
        var first = DateOnly.FromDateTime(from.UtcDateTime.AddDays(-1));   // a zone is at most 14 hours from UTC
        var last = DateOnly.FromDateTime(to.UtcDateTime.AddDays(1));
        for (var date = first; date <= last; date = date.AddDays(1))
        {
            var seen = new HashSet<DateTimeOffset>();
            foreach (var hours in HoursOn(provider.Id, date))
            {
                if (locationId is { } place && place != hours.LocationId) continue;
                foreach (var start in Starts(hours, visitType, new LocalDay(date, zones[hours.LocationId])))
                    if (seen.Add(start)) yield return new(visitType, provider, locations[hours.LocationId], start, start + visitType.Length);
            }
        }
    }

    static IEnumerable<DateTimeOffset> Starts(WeeklyHours hours, VisitType visitType, LocalDay day)
    {
        var close = day.Until(hours.To);
        for (var minutes = (int)(hours.From.Ticks / TimeSpan.TicksPerMinute);
             minutes + visitType.Minutes <= hours.To.Ticks / TimeSpan.TicksPerMinute;
             minutes += visitType.Minutes)
        {
            // A visit lasts its full length on the day the clocks change too, so its end is checked as an instant.
            if (day.At(new TimeOnly(minutes * TimeSpan.TicksPerMinute)) is { } start && start + visitType.Length <= close)
                yield return start;
        }
    }

    /// <summary>Appointments of one provider never overlap: in order of start, their ends are in order too.</summary>
    static bool Overlaps(Busy[] calendar, Slot slot)
    {
        var (low, high) = (0, calendar.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (calendar[middle].End <= slot.Start) low = middle + 1; else high = middle;
        }
        return low < calendar.Length && calendar[low].Start < slot.End;
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
