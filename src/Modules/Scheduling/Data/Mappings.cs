using PatientPortal.Scheduling.Data.Migrations;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Data;

internal static class Mappings
{
    public static void Apply(ModelBuilder model)
    {
        model.Entity<Location>(e =>
        {
            e.HasIndex(l => l.Number).IsUnique();
            e.Property(l => l.Name).HasMaxLength(200);
            e.Property(l => l.Address).HasMaxLength(400);
            e.Property(l => l.Phone).HasMaxLength(40);
            e.Property(l => l.Zone).HasMaxLength(60);
        });
        model.Entity<Provider>(e =>
        {
            e.HasIndex(p => p.Number).IsUnique();
            e.Property(p => p.Name).HasMaxLength(200);
            e.Property(p => p.Title).HasMaxLength(200);
        });
        model.Entity<VisitType>(e =>
        {
            e.HasIndex(v => v.Number).IsUnique();
            e.Property(v => v.Name).HasMaxLength(200);
            e.Property(v => v.SpanishName).HasMaxLength(200);
            e.Property(v => v.Description).HasMaxLength(400);
            e.Property(v => v.Instructions).HasMaxLength(1000);
            e.Ignore(v => v.Length);
        });
        model.Entity<Offering>(e =>
        {
            e.HasKey(o => new { o.ProviderId, o.VisitTypeId });
            e.HasOne<Provider>().WithMany().HasForeignKey(o => o.ProviderId);
            e.HasOne<VisitType>().WithMany().HasForeignKey(o => o.VisitTypeId);
        });
        model.Entity<WeeklyHours>(e =>
        {
            e.HasOne<Provider>().WithMany().HasForeignKey(h => h.ProviderId);
            e.HasOne<Location>().WithMany().HasForeignKey(h => h.LocationId);
            e.HasIndex(h => h.ProviderId);
        });
        model.Entity<SupplyVersion>().Property(v => v.Id).ValueGeneratedNever();
        model.Entity<Appointment>(e =>
        {
            e.HasOne<Provider>().WithMany().HasForeignKey(a => a.ProviderId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<Location>().WithMany().HasForeignKey(a => a.LocationId).OnDelete(DeleteBehavior.Restrict);
            e.HasOne<VisitType>().WithMany().HasForeignKey(a => a.VisitTypeId).OnDelete(DeleteBehavior.Restrict);
            e.Property(a => a.Zone).HasMaxLength(60);
            e.Property(a => a.Code).HasMaxLength(12);
            e.Property(a => a.Source).HasMaxLength(200);
            e.Property(a => a.Reason).Sealed();
            e.Property(a => a.Description).Sealed();
            e.Property(a => a.CancelReason).Sealed();
            foreach (var who in (string[])[nameof(Appointment.BookedBy), nameof(Appointment.MovedBy), nameof(Appointment.CancelledBy)])
                e.Property<VisitActor?>(who).HasConversion(by => by!.Write(), text => VisitActor.Read(text)).HasMaxLength(320);
            e.Property(a => a.Version).IsConcurrencyToken();
            e.Ignore(a => a.IsImported);
            e.ToTable(t => t.HasCheckConstraint("ck_scheduling_appointments_length",
                $"NOT holds_time OR (ends_at > starts_at AND ends_at - starts_at <= {NoDoubleBooking.LongestVisit})"));
            e.HasIndex(a => a.Code).IsUnique();
            // A patient's list in its order; the last column lets their live visits be counted from the index alone.
            e.HasIndex(a => new { a.PatientId, a.StartsAt, a.Id, a.HoldsTime });
            // Busy time of one provider is read from the index alone; the triggers of SQLite look here too.
            e.HasIndex(a => new { a.ProviderId, a.StartsAt, a.EndsAt }).HasFilter("holds_time");
            // The staff's day, and busy time of everybody.
            e.HasIndex(a => new { a.StartsAt, a.ProviderId, a.EndsAt, a.HoldsTime });
        });
        model.Entity<Reminder>(e =>
        {
            e.HasOne<Appointment>().WithMany().HasForeignKey(r => r.AppointmentId).OnDelete(DeleteBehavior.Cascade);
            e.HasIndex(r => r.AppointmentId);
            e.HasIndex(r => new { r.State, r.DueAt });
        });
        model.Entity<ArrivedAppointment>(e =>
        {
            e.Property(a => a.Source).HasMaxLength(200);
            e.Property(a => a.FhirId).HasMaxLength(64);
            e.Property(a => a.Body).Sealed();
            e.HasIndex(a => new { a.Source, a.FhirId }).IsUnique();
        });
        model.Entity<KnownPatient>(e =>
        {
            e.Property(p => p.Id).ValueGeneratedNever();
            e.Property(p => p.Name).HasMaxLength(200);
            e.Property(p => p.Phone).HasMaxLength(60);
        });
    }
}
