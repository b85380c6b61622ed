using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Data;

static class Mappings
{
    public static void Apply(ModelBuilder model)
    {
        // Ids are made by us: a message added to a tracked conversation is new, not changed.
        model.Entity<Team>().Property(t => t.Id).ValueGeneratedNever();
        model.Entity<Conversation>().Property(t => t.Id).ValueGeneratedNever();
        model.Entity<Message>().Property(m => m.Id).ValueGeneratedNever();
        model.Entity<KnownProxy>().Property(p => p.GrantId).ValueGeneratedNever();
        model.Entity<Delivery>().Property(d => d.Id).ValueGeneratedNever();

        model.Entity<Team>(team =>
        {
            team.Property(t => t.Name).HasMaxLength(120);
            team.Property(t => t.SpanishName).HasMaxLength(120);
            team.Property(t => t.Phone).HasMaxLength(40);
            team.Property(t => t.TimeZone).HasMaxLength(64);
            team.Ignore(t => t.BusinessHours);
            team.HasMany(t => t.Hours).WithOne().HasForeignKey(h => h.TeamId);
            team.HasMany(t => t.Closures).WithOne().HasForeignKey(c => c.TeamId);
            team.HasMany(t => t.Topics).WithOne().HasForeignKey(c => c.TeamId);
        });
        model.Entity<TeamHours>().HasKey(h => new { h.TeamId, h.Day });
        model.Entity<TeamClosure>().HasKey(c => new { c.TeamId, c.Day });
        model.Entity<TeamTopic>().HasKey(t => new { t.TeamId, t.Topic });

        model.Entity<Conversation>(thread =>
        {
            thread.Property(t => t.Subject).Sealed();
            thread.Property(t => t.ClaimedByName).HasMaxLength(120);
            thread.Property(t => t.ClosedByName).HasMaxLength(120);
            thread.Property(t => t.Version).IsConcurrencyToken();
            thread.HasOne<Team>().WithMany().HasForeignKey(t => t.TeamId).OnDelete(DeleteBehavior.Restrict);
            thread.HasMany(t => t.Messages).WithOne().HasForeignKey(m => m.ConversationId);
            // A patient's list, and the inbox: what waits longest first, the rest newest first.
            thread.HasIndex(t => new { t.PatientId, t.LastAt, t.Id });
            thread.HasIndex(t => new { t.State, t.WaitingSince, t.Id });
            thread.HasIndex(t => new { t.State, t.LastAt, t.Id });
        });
        model.Entity<Message>(message =>
        {
            message.Property(m => m.Body).Sealed();
            message.Property(m => m.AuthorName).HasMaxLength(120);
            message.Property(m => m.AuthorRole).HasMaxLength(60);
            message.HasMany(m => m.ReadMarks).WithOne().HasForeignKey(r => r.MessageId);
            message.HasIndex(m => new { m.ConversationId, m.SentAt });
            // Unread counts of a patient.
            message.HasIndex(m => new { m.PatientId, m.From });
        });
        model.Entity<ReadMark>(mark =>
        {
            mark.HasKey(r => new { r.MessageId, r.ReaderId });
            mark.Property(r => r.ReaderName).HasMaxLength(120);
        });

        model.Entity<KnownPatient>(patient =>
        {
            patient.Property(p => p.Id).ValueGeneratedNever();
            patient.Property(p => p.Name).HasMaxLength(200);
            patient.Property(p => p.TimeZone).HasMaxLength(64);
            patient.Property(p => p.Language).HasMaxLength(8);
            patient.Property(p => p.Email).Sealed();
            patient.HasIndex(p => p.AccountId);
        });
        model.Entity<KnownProxy>(proxy =>
        {
            proxy.HasKey(p => p.GrantId);
            proxy.Property(p => p.Name).HasMaxLength(200);
            proxy.Property(p => p.Language).HasMaxLength(8);
            proxy.Property(p => p.Scopes).HasMaxLength(200);
            proxy.Property(p => p.Email).Sealed();
            proxy.HasIndex(p => p.PatientId);
        });

        model.Entity<Delivery>(delivery =>
        {
            delivery.Property(d => d.News).HasMaxLength(120);
            delivery.Property(d => d.Channel).HasMaxLength(20);
            delivery.Property(d => d.MessageId).HasMaxLength(200);
            delivery.Property(d => d.Address).Sealed();
            delivery.Property(d => d.Subject).Sealed();
            delivery.Property(d => d.Text).Sealed(pack: false);
            delivery.Property(d => d.LastAnswer).Sealed();
            delivery.Property(d => d.Version).IsConcurrencyToken();
            delivery.HasIndex(d => new { d.News, d.RecipientId, d.Channel }).IsUnique();
            delivery.HasIndex(d => new { d.State, d.DueAt, d.Id });
            delivery.HasIndex(d => d.GrantId);
        });
        model.Entity<NoticePreference>(preference =>
        {
            preference.HasKey(p => new { p.AccountId, p.Group, p.Channel });
            preference.Property(p => p.Channel).HasMaxLength(20);
        });
    }
}
