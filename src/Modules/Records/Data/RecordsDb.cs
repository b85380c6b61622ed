using PatientPortal.Records.Domain;

namespace PatientPortal.Records.Data;

sealed class RecordsDb(DbContextOptions<RecordsDb> options) : ModuleDb(options), IKeepsCharts
{
    public DbSet<StoredResource> Resources => Set<StoredResource>();
    public DbSet<FormerVersion> FormerVersions => Set<FormerVersion>();
    public DbSet<KnownSubject> Subjects => Set<KnownSubject>();
    public DbSet<AwaitedName> AwaitedNames => Set<AwaitedName>();
    public DbSet<KnownPatient> Patients => Set<KnownPatient>();
    public DbSet<Result> Results => Set<Result>();
    public DbSet<ResultMember> ResultMembers => Set<ResultMember>();
    public DbSet<Measurement> Measurements => Set<Measurement>();
    public DbSet<ChartEntry> Entries => Set<ChartEntry>();
    public DbSet<Hold> Holds => Set<Hold>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<StoredResource>(r =>
        {
            r.Property(x => x.Digest).Sealed();
            r.Property(x => x.Json).Sealed();
            r.HasIndex(x => new { x.Source, x.Type, x.SourceId }).IsUnique();
            r.HasIndex(x => new { x.PatientId, x.Type, x.Effective });
        });
        model.Entity<FormerVersion>(v =>
        {
            v.Property(x => x.Json).Sealed();
            v.HasIndex(x => new { x.ResourceId, x.Version }).IsUnique();
        });
        model.Entity<KnownSubject>().HasKey(s => new { s.Source, s.SourceId });
        model.Entity<AwaitedName>(n =>
        {
            n.HasKey(x => new { x.Source, x.SourceId, x.ResourceId });
            n.HasIndex(x => x.ResourceId);
        });
        model.Entity<KnownPatient>().Property(p => p.Name).Sealed();
        model.Entity<Result>(r =>
        {
            r.HasIndex(x => new { x.PatientId, x.Effective, x.Id });
            r.HasIndex(x => new { x.PatientId, x.NewSince });
            r.HasIndex(x => x.HeldUntil);
            r.HasIndex(x => new { x.Abnormal, x.NewSince });
            r.Property(x => x.Sheet).Sealed();
            r.Property(x => x.Words).Sealed();
        });
        model.Entity<ResultMember>(m =>
        {
            m.HasKey(x => new { x.ResultId, x.ObservationId });
            m.HasIndex(x => new { x.Source, x.ObservationId });
        });
        model.Entity<Measurement>(m =>
        {
            m.HasKey(x => new { x.OwnerId, x.Position });
            m.HasIndex(x => new { x.PatientId, x.Code, x.At });
            m.Property(x => x.Point).Sealed();
        });
        model.Entity<ChartEntry>(e =>
        {
            e.HasIndex(x => new { x.PatientId, x.Section, x.At, x.Id });
            e.Property(x => x.Item).Sealed();
        });
        model.Entity<Hold>(h =>
        {
            h.Property(x => x.Reason).Sealed();
            h.Property(x => x.EndReason).Sealed();
            h.HasIndex(x => x.ResultId);
            h.HasIndex(x => new { x.EndedAt, x.Until });
        });
    }
}
