using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>How accounts change hands and are got back.</summary>
static class AccountMappings
{
    public static void Map(ModelBuilder model)
    {
        model.Entity<EmailChange>(e =>
        {
            e.HasIndex(c => c.TokenHash).IsUnique();
            e.HasIndex(c => c.StopHash).IsUnique();
            e.HasIndex(c => c.UndoHash).IsUnique();
            e.HasIndex(c => c.OpenFor).IsUnique();
            e.HasIndex(c => new { c.AccountId, c.AskedAt });
            e.HasIndex(c => new { c.ToPrint, c.AskedAt });
            e.Property(c => c.From).Sealed();
            e.Property(c => c.To).Sealed();
            e.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
        });
        model.Entity<UserNameMail>().HasIndex(m => new { m.EmailPrint, m.SentAt });
        model.Entity<RecoveryCase>(e =>
        {
            e.HasIndex(c => c.StopHash).IsUnique();
            e.HasIndex(c => c.OpenFor).IsUnique();
            e.HasIndex(c => c.OpenedAt);
            e.Property(c => c.Note).Sealed();
            e.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
        });
        model.Entity<ReportedContact>(e =>
        {
            e.Property(c => c.OpenFor).HasMaxLength(60);
            e.HasIndex(c => c.OpenFor).IsUnique();
            e.HasIndex(c => new { c.PatientId, c.ReportedAt });
            e.Property(c => c.Value).Sealed();
            e.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId);
        });
    }
}
