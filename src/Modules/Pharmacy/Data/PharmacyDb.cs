using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.Data;

sealed class PharmacyDb(DbContextOptions<PharmacyDb> options) : ModuleDb(options), IKeepsCharts
{
    public DbSet<KnownPatient> KnownPatients => Set<KnownPatient>();
    public DbSet<StoredResource> Resources => Set<StoredResource>();
    public DbSet<Medication> Medications => Set<Medication>();
    public DbSet<Fill> Fills => Set<Fill>();
    public DbSet<Substance> Substances => Set<Substance>();
    public DbSet<Refill> Refills => Set<Refill>();
    public DbSet<RefillStep> RefillSteps => Set<RefillStep>();
    public DbSet<DispensingPharmacy> Pharmacies => Set<DispensingPharmacy>();

    protected override void Map(ModelBuilder model) => Mappings.Apply(model);
}
