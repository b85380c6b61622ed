using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Data;

/// <summary>An appointment, and the version of the supply that its names are read from: one statement for both.</summary>
internal sealed record FoundAppointment(Appointment Appointment, long SupplyVersion);

/// <summary>Compiled queries that several slices ask.</summary>
internal static class Queries
{
    static readonly Func<SchedulingDb, Guid, DateTimeOffset, DateTimeOffset, IAsyncEnumerable<OwnVisit>> Near = EF.CompileAsyncQuery(
        (SchedulingDb db, Guid patient, DateTimeOffset from, DateTimeOffset to) => db.Appointments
            .Where(a => a.PatientId == patient && a.StartsAt > from && a.StartsAt < to && a.HoldsTime)
            .Select(a => new OwnVisit(a.Id, a.ProviderId, a.StartsAt, a.EndsAt)));

    static readonly Func<SchedulingDb, Guid, DateTimeOffset, Task<int>> CountAhead = EF.CompileAsyncQuery(
        (SchedulingDb db, Guid patient, DateTimeOffset now) => db.Appointments.Count(a => a.PatientId == patient && a.StartsAt > now && a.HoldsTime));

    static readonly Func<SchedulingDb, Guid, Guid, Task<FoundAppointment?>> One = EF.CompileAsyncQuery(
        (SchedulingDb db, Guid patient, Guid id) => db.Appointments.AsNoTracking()
            .Where(a => a.Id == id && a.PatientId == patient && a.Status != AppointmentStatus.EnteredInError)
            .Select(a => new FoundAppointment(a, db.SupplyVersions.Select(v => v.Number).First()))
            .FirstOrDefault());

    static readonly Func<SchedulingDb, Guid, DateTimeOffset, Task<FoundAppointment?>> Next = EF.CompileAsyncQuery(
        (SchedulingDb db, Guid patient, DateTimeOffset now) => db.Appointments.AsNoTracking()
            .Where(a => a.PatientId == patient && a.EndsAt > now && (a.Status == AppointmentStatus.Booked || a.Status == AppointmentStatus.Arrived))
            .OrderBy(a => a.StartsAt)
            .Select(a => new FoundAppointment(a, db.SupplyVersions.Select(v => v.Number).First()))
            .FirstOrDefault());

    /// <summary>What a patient already has: how many visits ahead, and those around a time they want.</summary>
    /// <param name="moving">The appointment that would move there, which does not count.</param>
    public static async Task<OwnVisits> VisitsOf(this SchedulingDb db, Guid patient, Slot around, DateTimeOffset now, Guid? moving, CancellationToken ct)
    {
        var near = new List<OwnVisit>();
        var (from, to) = (around.Start.AddDays(-1) - SchedulingLimits.LongestVisit, around.End.AddDays(1));
        await foreach (var visit in Near(db, patient, from, to).WithCancellation(ct))
            if (visit.AppointmentId != moving) near.Add(visit);
        return new(await CountAhead(db, patient, now) - (moving is null ? 0 : 1), near);
    }

    /// <summary>One appointment of this patient, not tracked; null when there is none, or it is somebody else's.</summary>
    public static Task<FoundAppointment?> AppointmentOf(this SchedulingDb db, Guid patient, Guid id) => One(db, patient, id);

    /// <summary>The visit that a patient has next, or is in now.</summary>
    public static Task<FoundAppointment?> NextOf(this SchedulingDb db, Guid patient, DateTimeOffset now) => Next(db, patient, now);

    /// <summary>The next save removes the reminders that still wait; those already sent stay as they are.</summary>
    public static async Task DropReminders(this SchedulingDb db, Guid appointment, CancellationToken ct) =>
        db.RemoveRange(await db.Reminders.Where(r => r.AppointmentId == appointment && r.State == ReminderState.Planned).ToListAsync(ct));

    /// <summary>The visits with the patients they are of, for staff.</summary>
    public static async Task<IReadOnlyList<Visit>> WithPatients(this SchedulingDb db, IReadOnlyList<Appointment> appointments, Supply supply, CancellationToken ct)
    {
        var ids = appointments.Select(a => a.PatientId).Distinct().ToList();
        var patients = await db.KnownPatients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        return [.. appointments.Select(a => Visit.Of(a, supply) with
        {
            Patient = patients.TryGetValue(a.PatientId, out var p) ? new(p.Id, p.Name, p.BirthDate, p.Phone) : new(a.PatientId, "Patient", default, null),
        })];
    }
}
