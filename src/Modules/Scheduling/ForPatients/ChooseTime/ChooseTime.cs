using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForPatients.ChooseTime;

/// <summary>What the patient can choose from: kinds of visits, and for one of them, or to move a visit, a week of open times.</summary>
/// <param name="Moving">The appointment to find another time for; its kind of visit is then the one searched.</param>
/// <param name="Week">The first day of the week shown; the week of the first open time when not given.</param>
[Does(Act.Read, "open times", "Looked for an open time", Needs = "appointments", Trail = false, Because = "Shows what the clinic offers; a moved visit is read through its own slice.")]
internal sealed record ChooseTimeRequest(Guid? VisitType = null, Guid? Moving = null, Guid? Provider = null, Guid? Location = null, DateOnly? Week = null);

internal sealed record TimesToChoose(
    IReadOnlyList<VisitType> VisitTypes, VisitType? VisitType, IReadOnlyList<Provider> Providers, IReadOnlyList<Location> Locations,
    DateOnly FirstDay, IReadOnlyList<DayToChoose> Days, bool HasEarlier, bool HasLater, DateTimeOffset? NextOpen);

internal sealed record DayToChoose(DateOnly Date, IReadOnlyList<OpenSlot> Slots);

internal sealed class ChooseTimeHandler(SchedulingDb db, CurrentPatient me, Supplies supplies, OpenTimes openTimes, Texts T, TimeProvider clock)
    : IHandle<ChooseTimeRequest, TimesToChoose>
{
    const int DaysShown = 7;

    public async Task<Outcome<TimesToChoose>> Handle(ChooseTimeRequest ask, CancellationToken ct)
    {
        var supply = await supplies.Current(db, ct);
        var wanted = ask.VisitType;
        if (ask.Moving is { } moving)
        {
            if (await db.AppointmentOf(me.Id, moving) is not { } found) return Outcome.NotFound;
            wanted = found.Appointment.VisitTypeId;
        }
        var now = clock.GetUtcNow();
        var today = Zones.Date(now, me.TimeZone);
        var kinds = supply.VisitTypes.ToList();
        if (wanted is null) return new TimesToChoose(kinds, null, [], [], today, [], false, false, null);
        if (kinds.FirstOrDefault(k => k.Id == wanted) is not { } kind) return Outcome.NotFound;

        // One search over the whole horizon answers both: this week's times, and where the next ones are.
        var search = new SlotSearch(kind.Id, ask.Provider, ask.Location, now, kind.Latest(now));
        var open = (await openTimes.Find(search, ct)).ToLookup(s => DateOnly.FromDateTime(s.Start.DateTime));
        var days = open.Select(d => d.Key).Order().ToList();
        var first = ask.Week is { } week && week > today ? week : days is [var soonest, ..] ? soonest : today;
        var last = first.AddDays(DaysShown - 1);
        var later = days.FirstOrDefault(d => d > last);

        var providers = supply.ProvidersFor(kind.Id);
        return new TimesToChoose(
            kinds, kind, [.. providers.OrderBy(p => p.Name)], [.. providers.SelectMany(p => supply.PlacesOf(p.Id)).DistinctBy(l => l.Id).OrderBy(l => l.Name)], first,
            [.. Enumerable.Range(0, DaysShown).Select(first.AddDays).Select(d => new DayToChoose(d, [.. open[d].Select(s => OpenSlot.Of(s, T.Language))]))],
            HasEarlier: days.Any(d => d < first), HasLater: later != default,
            NextOpen: later == default ? null : open[later].First().Start);
    }
}
