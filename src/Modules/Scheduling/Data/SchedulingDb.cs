using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Data;

/// <summary>The tables of this module. What they refuse (double bookings) stands in <see cref="Migrations.NoDoubleBooking"/>.</summary>
internal sealed class SchedulingDb(DbContextOptions<SchedulingDb> options) : ModuleDb(options), IKeepsCharts
{
    public DbSet<Location> Locations => Set<Location>();
    public DbSet<Provider> Providers => Set<Provider>();
    public DbSet<VisitType> VisitTypes => Set<VisitType>();
    public DbSet<Offering> Offerings => Set<Offering>();
    public DbSet<WeeklyHours> WeeklyHours => Set<WeeklyHours>();
    public DbSet<SupplyVersion> SupplyVersions => Set<SupplyVersion>();
    public DbSet<Appointment> Appointments => Set<Appointment>();
    public DbSet<Reminder> Reminders => Set<Reminder>();
    public DbSet<ArrivedAppointment> ArrivedAppointments => Set<ArrivedAppointment>();
    public DbSet<KnownPatient> KnownPatients => Set<KnownPatient>();

    protected override void Map(ModelBuilder model) => Mappings.Apply(model);

    /// <summary>Both charts may have a visit at one time. Each stays until somebody cancels it: nobody else may have either time meanwhile.</summary>
    public Task BeforeMove(Guid from, Guid into, CancellationToken ct) => Appointments
        .Where(a => a.PatientId == from && a.HoldsTime && Appointments.Any(b => b.PatientId == into && b.HoldsTime && b.StartsAt < a.EndsAt && b.EndsAt > a.StartsAt))
        .ExecuteUpdateAsync(set => set.SetProperty(a => a.MayOverlap, true), ct);

    public Task AfterReturn(Guid from, Guid into, CancellationToken ct) => Appointments
        .Where(a => a.PatientId == from && a.MayOverlap && !Appointments.Any(b => b.PatientId == from && b.Id != a.Id && b.HoldsTime && b.StartsAt < a.EndsAt && b.EndsAt > a.StartsAt))
        .ExecuteUpdateAsync(set => set.SetProperty(a => a.MayOverlap, false), ct);
}

/// <summary>One row that counts the changes of what is offered; triggers keep it, so no change can forget to.</summary>
internal sealed class SupplyVersion
{
    public int Id { get; init; }
    public long Number { get; init; }
}
