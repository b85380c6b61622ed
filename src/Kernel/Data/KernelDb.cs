using Microsoft.EntityFrameworkCore;

namespace PatientPortal.Kernel.Data;

/// <summary>The Kernel's own tables. They are written by plain SQL beside a module's save; this context only migrates them.</summary>
sealed class KernelDb(DbContextOptions<KernelDb> options) : ModuleDb(options)
{
    protected override void Map(ModelBuilder model)
    {
        model.Entity<OutboxRow>(e =>
        {
            e.ToTable("Outbox");
            e.HasIndex(o => o.At);
        });
        model.Entity<DeliveryRecord>(e =>
        {
            e.ToTable("Deliveries");
            e.HasKey(d => d.Seq);
            e.Property(d => d.Seq).ValueGeneratedOnAdd();
            e.HasIndex(d => d.OutboxId);
            // Nearly every row is done; what waits is few.
            e.HasIndex(d => new { d.State, d.NextAt }).HasFilter("state <> 'done'");
            e.HasIndex(d => new { d.Handler, d.Subject, d.Seq }).HasFilter("state <> 'done'");
        });
        model.Entity<AuditRow>(e =>
        {
            e.ToTable("Audit");
            e.HasKey(a => a.Seq);
            e.Property(a => a.Seq).ValueGeneratedOnAdd();
            e.HasIndex(a => new { a.PatientId, a.At, a.Seq });
            e.HasIndex(a => new { a.ActorId, a.At, a.Seq });
            e.HasIndex(a => new { a.At, a.Seq });
            // Refusals and the out of the ordinary are few among millions, and looked for most.
            e.HasIndex(a => new { a.At, a.Seq }, "refused").HasFilter("outcome <> 'ok'");
            e.HasIndex(a => new { a.At, a.Seq }, "unusual").HasFilter("purpose IS NOT NULL");
        });
        model.Entity<AuditLinkRow>(e =>
        {
            e.ToTable("AuditLinks");
            e.HasKey(l => l.N);
            e.Property(l => l.N).ValueGeneratedNever();
        });
        model.Entity<JobRow>(e =>
        {
            e.ToTable("Jobs");
            e.HasKey(j => j.Name);
        });
        model.Entity<RepeatRow>(e =>
        {
            e.ToTable("Repeats");
            e.HasKey(r => r.Key);
            e.HasIndex(r => r.At);
        });
        model.Entity<SettingRow>(e =>
        {
            e.ToTable("Settings");
            e.HasKey(s => s.Name);
        });
    }

    sealed class OutboxRow
    {
        public Guid Id { get; init; }
        public required string Type { get; init; }
        public Guid? Subject { get; init; }
        public DateTimeOffset At { get; init; }
        public required byte[] Payload { get; init; }
        public required string TraceId { get; init; }
    }

    sealed class DeliveryRecord
    {
        public long Seq { get; init; }
        public Guid OutboxId { get; init; }
        public required string Handler { get; init; }
        public Guid? Subject { get; init; }
        public required string State { get; init; }
        public int Attempts { get; init; }
        public DateTimeOffset NextAt { get; init; }
        public DateTimeOffset? DoneAt { get; init; }
        public string? Error { get; init; }
    }

    sealed class AuditRow
    {
        public long Seq { get; init; }
        public DateTimeOffset At { get; init; }
        public required string TraceId { get; init; }
        public required string ActorKind { get; init; }
        public Guid ActorId { get; init; }
        public required string ActorName { get; init; }
        public required string ActorRole { get; init; }
        public string? Relation { get; init; }
        public Guid? PatientId { get; init; }
        public required string Act { get; init; }
        public required string What { get; init; }
        public required string Says { get; init; }
        public required string Outcome { get; init; }
        public string? Address { get; init; }
        public Guid? SessionId { get; init; }
        public string? Door { get; init; }
        public string? Server { get; init; }
        public string? Purpose { get; init; }
        public string? Subject { get; init; }
        public byte[]? Detail { get; init; }
    }

    sealed class AuditLinkRow
    {
        public long N { get; init; }
        public long FirstSeq { get; init; }
        public long LastSeq { get; init; }
        public int Count { get; init; }
        public required byte[] Digests { get; init; }
        public required byte[] Hash { get; init; }
    }

    sealed class JobRow
    {
        public required string Name { get; init; }
        public long LeaseUntil { get; init; }
        public DateTimeOffset? StartedAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
        public string? Result { get; init; }
        public int? Succeeded { get; init; }
    }

    sealed class RepeatRow
    {
        public required byte[] Key { get; init; }
        public required byte[] Request { get; init; }
        public required byte[] Answer { get; init; }
        public DateTimeOffset At { get; init; }
    }

    sealed class SettingRow
    {
        public required string Name { get; init; }
        public required string Value { get; init; }
    }
}
