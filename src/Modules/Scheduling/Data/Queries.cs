using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Data;

/// <summary>An appointment, and the version of the supply that its names are read from: one statement for both.</summary>
internal sealed record FoundAppointment(Appointment Appointment, long SupplyVersion);

/// <summary>Compiled queries that several slices ask.</summary>
internal static class Queries
{
    static readonly Func<SchedulingDb, Guid, DateTimeOffset, IAsyncEnumerable<Ahead>> Ahead = EF.CompileAsyncQuery(
        (SchedulingDb db, Guid patient, DateTimeOffset now) => db.Appointments
            .Where(a => a.PatientId == patient && a.StartsAt > now && a.HoldsTime)
            .OrderBy(a => a.StartsAt).Select(a => new Ahead(a.Id, a.StartsAt, a.EndsAt)));

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

    /// <summary>The live visits that a patient has ahead.</summary>
    public static async Task<IReadOnlyList<Ahead>> AheadOf(this SchedulingDb db, Guid patient, DateTimeOffset now, CancellationToken ct)
    {
        var ahead = new List<Ahead>();
        await foreach (var visit in Ahead(db, patient, now).WithCancellation(ct)) ahead.Add(visit);
        return ahead;
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
