using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop.Data;

internal sealed class InteropDb(DbContextOptions<InteropDb> options) : ModuleDb(options), IKeepsCharts
{
    public DbSet<Arrival> Arrivals => Set<Arrival>();
    public DbSet<ArrivalPart> ArrivalParts => Set<ArrivalPart>();
    public DbSet<ArrivedItem> ArrivedItems => Set<ArrivedItem>();
    public DbSet<KnownPatient> KnownPatients => Set<KnownPatient>();
    public DbSet<PrescribedMedication> PrescribedMedications => Set<PrescribedMedication>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Arrival>(arrival =>
        {
            arrival.Property(a => a.Source).HasMaxLength(100);
            arrival.Property(a => a.FileName).Sealed();
            arrival.HasIndex(a => new { a.ReceivedAt, a.Id });
            arrival.HasIndex(a => new { a.State, a.MovedAt });
        });
        model.Entity<ArrivalPart>(part =>
        {
            part.HasKey(p => new { p.ArrivalId, p.Number });
            part.Property(p => p.Content).Sealed();
        });
        model.Entity<ArrivedItem>(item =>
        {
            item.HasKey(i => new { i.ArrivalId, i.Position });
            item.HasIndex(i => new { i.ArrivalId, i.Outcome, i.Position });
            item.HasIndex(i => new { i.ArrivalId, i.Outcome, i.PatientReference, i.Owner, i.Position }, "lane");
            item.HasIndex(i => i.BatchId);
        });
        model.Entity<KnownPatient>(patient =>
        {
            patient.HasKey(p => new { p.Source, p.Reference });
            patient.Property(p => p.Source).HasMaxLength(100);
        });
        model.Entity<PrescribedMedication>(medication =>
        {
            medication.HasKey(m => new { m.Source, m.ResourceId });
            medication.Property(m => m.Source).HasMaxLength(100);
        });
    }
}
