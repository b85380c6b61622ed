using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>People, their charts' names and numbers, how they sign in, and who may act for whom.</summary>
sealed class IdentityDb(DbContextOptions<IdentityDb> options) : ModuleDb(options), IKeepsCharts
{
    public DbSet<Patient> Patients => Set<Patient>();
    public DbSet<PatientIdentifier> PatientIdentifiers => Set<PatientIdentifier>();
    public DbSet<PatientResource> PatientResources => Set<PatientResource>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<StaffMember> StaffMembers => Set<StaffMember>();
    public DbSet<RoleChange> RoleChanges => Set<RoleChange>();
    public DbSet<ChartTie> ChartTies => Set<ChartTie>();
    public DbSet<ProtectedChart> ProtectedCharts => Set<ProtectedChart>();
    public DbSet<BrokenGlass> BrokenGlasses => Set<BrokenGlass>();
    public DbSet<SupportVisit> SupportVisits => Set<SupportVisit>();
    public DbSet<StaffInvitation> StaffInvitations => Set<StaffInvitation>();
    public DbSet<Grant> Grants => Set<Grant>();
    public DbSet<GrantNotice> GrantNotices => Set<GrantNotice>();
    public DbSet<GrantDocument> GrantDocuments => Set<GrantDocument>();
    public DbSet<ProxyInvitation> ProxyInvitations => Set<ProxyInvitation>();
    public DbSet<ProxyConcern> ProxyConcerns => Set<ProxyConcern>();
    public DbSet<AgeTier> AgeTiers => Set<AgeTier>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
    public DbSet<ActivationCode> ActivationCodes => Set<ActivationCode>();
    public DbSet<SignUp> SignUps => Set<SignUp>();
    public DbSet<PasswordReset> PasswordResets => Set<PasswordReset>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<Passkey> Passkeys => Set<Passkey>();
    public DbSet<SpentChallenge> SpentChallenges => Set<SpentChallenge>();
    public DbSet<Device> Devices => Set<Device>();
    public DbSet<SignInTries> SignInTries => Set<SignInTries>();
    public DbSet<EmailChange> EmailChanges => Set<EmailChange>();
    public DbSet<UserNameMail> UserNameMails => Set<UserNameMail>();
    public DbSet<RecoveryCase> RecoveryCases => Set<RecoveryCase>();
    public DbSet<ReportedContact> ReportedContacts => Set<ReportedContact>();
    public DbSet<PrivacyCase> PrivacyCases => Set<PrivacyCase>();
    public DbSet<ChartMerge> ChartMerges => Set<ChartMerge>();
    public DbSet<DuplicatePair> DuplicatePairs => Set<DuplicatePair>();
    public DbSet<DuplicateSearch> DuplicateSearches => Set<DuplicateSearch>();

    public bool Follows(Type entity) => MergeMappings.Follows(entity);

    /// <summary>An account is findable by its address wherever that is set.</summary>
    protected override void Follow()
    {
        foreach (var entry in ChangeTracker.Entries<Account>())
            if (entry.State is EntityState.Added || (entry.State is EntityState.Modified && (entry.Property(a => a.Email).IsModified || entry.Entity.EmailPrint is null)))
                entry.Property(a => a.EmailPrint).CurrentValue = MailAddress.PrintOf(entry.Entity.Email, Vault);
    }

    protected override void Map(ModelBuilder model)
    {
        AccountMappings.Map(model);
        model.Entity<Patient>(e =>
        {
            e.HasIndex(p => p.ChartNumber).IsUnique();
            e.HasIndex(p => p.NameKey);
            e.HasIndex(p => p.BirthDate);
            e.HasIndex(p => p.MergedIntoId);
            e.HasIndex(p => new { p.ChangedAt, p.Id });
            e.Property(p => p.Version).IsConcurrencyToken();
            e.Property(p => p.Email).Sealed();
            e.Property(p => p.Phone).Sealed();
            e.Property(p => p.Address).Sealed();
            e.Property(p => p.ConflictReason).Sealed();
        });
        model.Entity<PatientIdentifier>(e =>
        {
            // One number, one chart: of two arrivals that claim it at once, the second is refused here.
            e.HasIndex(i => i.Fingerprint).IsUnique();
            e.HasIndex(i => i.PatientId);
            e.Property(i => i.Value).Sealed();
            e.HasOne<Patient>().WithMany().HasForeignKey(i => i.PatientId);
        });
        model.Entity<PatientResource>(e =>
        {
            e.HasIndex(r => new { r.Source, r.Reference }).IsUnique();
            e.HasIndex(r => r.PatientId);
            e.Property(r => r.Json).Sealed();
            e.HasOne<Patient>().WithMany().HasForeignKey(r => r.PatientId);
        });
        model.Entity<Account>(e =>
        {
            e.HasIndex(a => a.UserNameKey).IsUnique();
            e.HasIndex(a => a.PatientId).IsUnique();
            e.HasIndex(a => a.EmailPrint);
            e.Property(a => a.Version).IsConcurrencyToken();
            e.Property(a => a.Email).Sealed();
            e.Property(a => a.TotpSecret).Sealed();
            e.Property(a => a.PendingTotpSecret).Sealed();
            e.HasOne<Patient>().WithMany().HasForeignKey(a => a.PatientId);
        });
        model.Entity<StaffMember>(e =>
        {
            e.HasOne<Account>().WithOne().HasForeignKey<StaffMember>(s => s.Id);
            e.HasIndex(s => s.ChartId).IsUnique();
            e.HasOne<Patient>().WithMany().HasForeignKey(s => s.ChartId);
        });
        model.Entity<ChartTie>(e =>
        {
            e.HasIndex(t => new { t.StaffId, t.PatientId }).IsUnique();
            e.HasOne<StaffMember>().WithMany().HasForeignKey(t => t.StaffId);
            e.HasOne<Patient>().WithMany().HasForeignKey(t => t.PatientId);
        });
        model.Entity<ProtectedChart>(e =>
        {
            e.HasKey(p => p.PatientId);
            e.Property(p => p.Because).Sealed();
            e.HasOne<Patient>().WithMany().HasForeignKey(p => p.PatientId);
        });
        model.Entity<BrokenGlass>(e =>
        {
            e.HasIndex(g => new { g.StaffId, g.PatientId, g.EndsAt });
            e.HasIndex(g => new { g.ReviewedAt, g.OpenedAt });
            e.Property(g => g.Words).Sealed();
            e.Property(g => g.ReviewNote).Sealed();
            e.HasOne<StaffMember>().WithMany().HasForeignKey(g => g.StaffId);
            e.HasOne<Patient>().WithMany().HasForeignKey(g => g.PatientId);
        });
        model.Entity<SupportVisit>(e =>
        {
            // One at a time in a session: of two that begin at once, one is refused here.
            e.HasIndex(v => v.SessionId).IsUnique().HasFilter("ended_at IS NULL");
            e.Property(v => v.Reason).Sealed();
            e.HasOne<Session>().WithMany().HasForeignKey(v => v.SessionId).OnDelete(DeleteBehavior.Cascade);
            e.HasOne<Patient>().WithMany().HasForeignKey(v => v.PatientId);
        });
        model.Entity<StaffInvitation>(e =>
        {
            e.HasIndex(i => i.TokenHash).IsUnique();
            e.HasIndex(i => i.InvitedAt);
            e.Property(i => i.Email).Sealed();
            e.Property(i => i.TotpSecret).Sealed();
            e.Property(i => i.Version).IsConcurrencyToken();
        });
        model.Entity<RoleChange>(e =>
        {
            e.HasIndex(c => new { c.StaffId, c.At });
            e.HasOne<StaffMember>().WithMany().HasForeignKey(c => c.StaffId);
        });
        ProxyMappings.Map(model);
        MergeMappings.Map(model);
        model.Entity<Session>(e =>
        {
            e.HasIndex(s => s.TokenHash).IsUnique();
            e.HasIndex(s => s.AccountId);
            e.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
        });
        model.Entity<RefreshToken>(e =>
        {
            e.HasIndex(t => t.TokenHash).IsUnique();
            e.HasIndex(t => t.SessionId);
            e.HasOne<Session>().WithMany().HasForeignKey(t => t.SessionId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<ActivationCode>(e =>
        {
            e.HasIndex(c => c.CodeHash).IsUnique();
            e.HasIndex(c => c.PatientId);
            e.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId);
        });
        model.Entity<PrivacyCase>(e =>
        {
            e.HasIndex(c => new { c.PatientId, c.AuditSeq }).IsUnique();
            e.HasIndex(c => new { c.PatientId, c.AskedAt });
            e.HasIndex(c => new { c.AnsweredAt, c.DueAt });
            e.Property(c => c.Question).Sealed();
            e.Property(c => c.Answer).Sealed();
            e.HasOne<Patient>().WithMany().HasForeignKey(c => c.PatientId);
        });
        model.Entity<SignUp>(e =>
        {
            e.HasIndex(s => s.TokenHash).IsUnique();
            e.HasIndex(s => new { s.State, s.AskedAt });
            e.HasIndex(s => new { s.MailPrint, s.AskedAt });
            e.Property(s => s.GivenName).Sealed();
            e.Property(s => s.FamilyName).Sealed();
            e.Property(s => s.Email).Sealed();
            e.Property(s => s.Phone).Sealed();
            e.Property(s => s.ChartNumber).Sealed();
            e.Property(s => s.Note).Sealed();
            e.Property(s => s.Version).IsConcurrencyToken();
            e.HasOne<Patient>().WithMany().HasForeignKey(s => s.PatientId);
        });
        model.Entity<PasswordReset>(e =>
        {
            e.HasIndex(r => r.TokenHash).IsUnique();
            e.HasIndex(r => r.AccountId);
            e.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId);
        });
        model.Entity<RecoveryCode>(e =>
        {
            e.HasIndex(c => new { c.AccountId, c.CodeHash }).IsUnique();
            e.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
        });
        model.Entity<Passkey>(e =>
        {
            e.HasIndex(p => p.CredentialId).IsUnique();
            e.HasIndex(p => p.AccountId);
            e.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId);
        });
        model.Entity<Device>(e =>
        {
            e.HasIndex(d => new { d.TokenHash, d.AccountId }).IsUnique();
            e.HasIndex(d => new { d.AccountId, d.LastUsedAt });
            e.HasOne<Account>().WithMany().HasForeignKey(d => d.AccountId);
        });
        model.Entity<SpentChallenge>(e =>
        {
            e.HasKey(c => c.Hash);
            e.HasIndex(c => c.SpentAt);
        });
        model.Entity<SignInTries>(e =>
        {
            e.HasKey(t => t.NameHash);
            e.HasIndex(t => t.LastFailedAt);
        });
    }
}
