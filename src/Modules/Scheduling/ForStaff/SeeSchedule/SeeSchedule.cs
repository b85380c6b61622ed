using System.Globalization;
using System.Text.Json.Serialization;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForStaff.SeeSchedule;

/// <summary>One day of all providers or of one, each place's day in its own zone; today when no date is given.</summary>
[Does(Act.Read, "schedule", "Looked at the day's schedule", Needs = "schedule")]
internal sealed record SeeScheduleRequest
{
    public string? Date { get; init; }

    public Guid? Provider { get; init; }

    public Guid? Location { get; init; }
}

internal sealed class SeeScheduleRules : AbstractValidator<SeeScheduleRequest>
{
    public SeeScheduleRules() =>
        RuleFor(r => r.Date).Must(text => text is null || (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date) && date.Year is >= 1900 and < 2200))
            .WithMessage("A date such as 2026-11-26.");
}

/// <summary>A day's visits in order of start, and the hours in which each provider sees patients.</summary>
internal sealed record DaySchedule(DateOnly Date, IReadOnlyList<ProviderDay> Providers, IReadOnlyList<Visit> Items) : IAboutPatients
{
    public string? Next => null;

    [JsonIgnore]
    public IEnumerable<Guid> PatientIds => Items.Select(v => v.Patient!.Id);

    object IAboutPatients.Without(IReadOnlySet<Guid> closed) =>
        this with { Items = [.. Items.Select(v => closed.Contains(v.Patient!.Id) ? v with { Reason = null, Description = null, CancelReason = null } : v)] };
}

internal sealed record ProviderDay(Guid Id, string Name, string Title, IReadOnlyList<OpenHours> Hours);

internal sealed record OpenHours(Guid LocationId, string Location, string Zone, TimeOnly From, TimeOnly To);

internal sealed class SeeScheduleHandler(SchedulingDb db, CurrentStaff me, Supplies supplies, TimeProvider clock) : IHandle<SeeScheduleRequest, DaySchedule>
{
    public async Task<Outcome<DaySchedule>> Handle(SeeScheduleRequest ask, CancellationToken ct)
    {
        _ = me;
        var supply = await supplies.Current(db, ct);
        var home = supply.Location(ask.Location) ?? supply.Locations.FirstOrDefault();
        var date = ask.Date is { } text
            ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : Zones.Date(clock.GetUtcNow(), home?.Zone ?? "UTC");

        // The same date is another stretch of time in every zone: read what any of them could mean, keep what each place calls that day.
        var (from, to) = (Zones.StartOfDay(date, "UTC").AddHours(-14), Zones.StartOfDay(date, "UTC").AddHours(38));
        var rows = await db.Appointments.AsNoTracking()
            .Where(a => a.StartsAt >= from && a.StartsAt < to && a.ProviderId != null && (ask.Provider == null || a.ProviderId == ask.Provider) && (ask.Location == null || a.LocationId == ask.Location))
            .OrderBy(a => a.StartsAt).ThenBy(a => a.ProviderId).ToListAsync(ct);
        var visits = await db.WithPatients([.. rows.Where(a => Zones.Date(a.StartsAt, a.Zone) == date)], supply, ct);

        var days = supply.Providers.Where(p => ask.Provider is null || p.Id == ask.Provider)
            .Select(p => new ProviderDay(p.Id, p.Name, p.Title, [.. HoursOf(supply, p, date, ask.Location)]))
            .Where(p => p.Hours.Count > 0 || p.Id == ask.Provider || visits.Any(v => v.Provider?.Id == p.Id));
        return new DaySchedule(date, [.. days], visits);
    }

    static IEnumerable<OpenHours> HoursOf(Supply supply, Provider provider, DateOnly date, Guid? location) =>
        from hours in supply.HoursOn(provider.Id, date)
        let place = supply.Location(hours.LocationId)!
        where location is null || place.Id == location
        select new OpenHours(place.Id, place.Name, place.Zone, hours.From, hours.To);
}

internal sealed class SeeScheduleApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/appointments", async ([AsParameters] SeeScheduleRequest ask, IHandle<SeeScheduleRequest, DaySchedule> see, CancellationToken ct) =>
                (await see.Handle(ask, ct)).ToHttp())
           .WithName("SeeSchedule").Produces<DaySchedule>().ProducesProblem(400);
}
