using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Data;

/// <summary>
/// Keeps the latest <see cref="Supply"/> in memory. It is used only after the database said that its version is still
/// the current one: another host's change is seen by the next request.
/// </summary>
internal sealed class Supplies
{
    static readonly Func<SchedulingDb, Task<long>> VersionNow =
        EF.CompileAsyncQuery((SchedulingDb db) => db.SupplyVersions.Select(v => v.Number).First());

    Supply? latest;

    public async Task<Supply> Current(SchedulingDb db, CancellationToken ct) => await Of(await VersionNow(db), db, ct);

    /// <summary>For who has just read the version in a query of their own.</summary>
    public ValueTask<Supply> Of(long version, SchedulingDb db, CancellationToken ct) =>
        latest is { } known && known.Version == version ? new(known) : new(Load(version, db, ct));

    async Task<Supply> Load(long version, SchedulingDb db, CancellationToken ct) =>
        // Rows newer than the version do no harm: that version will be asked for, not found, and loaded.
        latest = new(
            version,
            await db.Locations.AsNoTracking().ToListAsync(ct),
            await db.Providers.AsNoTracking().ToListAsync(ct),
            await db.VisitTypes.AsNoTracking().ToListAsync(ct),
            await db.Offerings.AsNoTracking().ToListAsync(ct),
            await db.WeeklyHours.AsNoTracking().ToListAsync(ct));
}
