using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Data;

/// <summary>Finds open times: what the hours offer, without what live appointments have taken.</summary>
internal sealed class OpenTimes(SchedulingDb db, Supplies supplies, Texts T, TimeProvider clock)
{
    static readonly Func<SchedulingDb, Guid, DateTimeOffset, DateTimeOffset, IAsyncEnumerable<Busy>> BusyOf = EF.CompileAsyncQuery(
        (SchedulingDb db, Guid provider, DateTimeOffset from, DateTimeOffset to) => db.Appointments
            .Where(a => a.HoldsTime && a.ProviderId == provider && a.StartsAt > from && a.StartsAt < to)
            .OrderBy(a => a.StartsAt).Select(a => new Busy(provider, a.StartsAt, a.EndsAt)));

    static readonly Func<SchedulingDb, DateTimeOffset, DateTimeOffset, IAsyncEnumerable<Busy>> BusyOfAll = EF.CompileAsyncQuery(
        (SchedulingDb db, DateTimeOffset from, DateTimeOffset to) => db.Appointments
            .Where(a => a.StartsAt > from && a.StartsAt < to && a.HoldsTime && a.ProviderId != null)
            .OrderBy(a => a.StartsAt).Select(a => new Busy(a.ProviderId!.Value, a.StartsAt, a.EndsAt)));

    public async Task<IReadOnlyList<Slot>> Find(SlotSearch search, CancellationToken ct)
    {
        var supply = await supplies.Current(db, ct);
        // A visit that began before the window may still reach into it, and one that begins at its end may overlap its last slot.
        var (from, to) = (search.From - SchedulingLimits.LongestVisit, search.To + SchedulingLimits.LongestVisit);
        var busy = new List<Busy>();
        var rows = search.ProviderId is { } provider ? BusyOf(db, provider, from, to) : BusyOfAll(db, from, to);
        await foreach (var row in rows.WithCancellation(ct)) busy.Add(row);
        return supply.Open(search, busy, clock.GetUtcNow());
    }

    /// <summary>The time that a slot's id names, while it may be booked; whether somebody has it already is not looked up.</summary>
    public async Task<Outcome<OpenSlot>> Look(string slot, CancellationToken ct) =>
        (await supplies.Current(db, ct)).Take(slot, clock.GetUtcNow(), T).Refused(out var no, out var found) ? no : OpenSlot.Of(found, T.Language);

    /// <summary>The open times nearest to one that somebody else took: of the same provider, or of anybody when they have none.</summary>
    public async Task<IReadOnlyList<OpenSlot>> Nearest(Slot lost, CancellationToken ct)
    {
        var search = new SlotSearch(
            lost.VisitType.Id, lost.Provider.Id, null, lost.Start - SchedulingLimits.AlternativesWithin, lost.Start + SchedulingLimits.AlternativesWithin);
        var open = await Find(search, ct);
        if (open.Count is 0) open = await Find(search with { ProviderId = null }, ct);
        return [.. open.OrderBy(s => (s.Start - lost.Start).Duration()).Take(SchedulingLimits.Alternatives).OrderBy(s => s.Start).Select(s => OpenSlot.Of(s, T.Language))];
    }
}
