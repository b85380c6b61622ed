using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>Grants and what leads to them.</summary>
static class ProxyMappings
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<Grant>(e =>
        {
            // One person has one grant for a patient at a time: of two that are given at once, the second is refused here.
            e.HasIndex(g => new { g.AccountId, g.PatientId }).IsUnique().HasFilter("revoked_at IS NULL");
            e.HasIndex(g => g.PatientId);
            e.Property(g => g.Version).IsConcurrencyToken();
            e.HasOne<Patient>().WithMany().HasForeignKey(g => g.PatientId);
            e.HasOne<Account>().WithMany().HasForeignKey(g => g.AccountId);
        });
        model.Entity<GrantNotice>(e =>
        {
            // What was told once is not told again, also not by two runs at once.
            e.HasIndex(n => new { n.GrantId, n.What }).IsUnique();
            e.HasOne<Grant>().WithMany().HasForeignKey(n => n.GrantId);
        });
        model.Entity<GrantDocument>(e =>
        {
            e.HasIndex(d => d.PatientId);
            e.Property(d => d.FileName).Sealed();
            e.Property(d => d.Content).Sealed();
            e.HasOne<Patient>().WithMany().HasForeignKey(d => d.PatientId);
        });
        model.Entity<ProxyInvitation>(e =>
        {
            e.HasIndex(i => i.TokenHash).IsUnique();
            e.HasIndex(i => i.PatientId);
            e.Property(i => i.Version).IsConcurrencyToken();
            e.Property(i => i.Name).Sealed();
            e.Property(i => i.Email).Sealed();
            e.HasOne<Patient>().WithMany().HasForeignKey(i => i.PatientId);
        });
        model.Entity<ProxyConcern>(e =>
        {
            // One row for one matter, however often it is found.
            e.HasIndex(c => new { c.Kind, c.SubjectId }).IsUnique();
            e.HasIndex(c => c.SettledAt);
            e.HasIndex(c => c.PatientId);
            e.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId);
        });
        model.Entity<AgeTier>(e =>
        {
            e.HasIndex(t => new { t.Jurisdiction, t.FromAge }).IsUnique();
            e.HasData(AgeTier.Usually);
        });
    }
}
