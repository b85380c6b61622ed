using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Data;

/// <summary>The module's tables: <c>messaging_...</c>.</summary>
sealed class MessagingDb(DbContextOptions<MessagingDb> options) : ModuleDb(options), IKeepsCharts
{
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<Conversation> Threads => Set<Conversation>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<ReadMark> ReadMarks => Set<ReadMark>();
    public DbSet<KnownPatient> KnownPatients => Set<KnownPatient>();
    public DbSet<KnownProxy> KnownProxies => Set<KnownProxy>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<NoticePreference> Preferences => Set<NoticePreference>();

    protected override void Map(ModelBuilder model) => Mappings.Apply(model);
}
