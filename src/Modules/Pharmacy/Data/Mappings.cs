using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.Data;

static class Mappings
{
    const int IdLength = 128, SourceLength = 128;

    public static void Apply(ModelBuilder model)
    {
        model.Entity<KnownPatient>(patient =>
        {
            patient.Property(p => p.Id).ValueGeneratedNever();
            patient.Property(p => p.Name).HasMaxLength(200);
            patient.Property(p => p.TimeZone).HasMaxLength(64);
            patient.Property(p => p.Language).HasMaxLength(8);
        });
        model.Entity<StoredResource>(resource =>
        {
            resource.Property(r => r.Id).ValueGeneratedNever();
            resource.Property(r => r.Source).HasMaxLength(SourceLength);
            resource.Property(r => r.Type).HasMaxLength(40);
            resource.Property(r => r.SourceId).HasMaxLength(IdLength);
            resource.Property(r => r.Json).Sealed();
            resource.HasIndex(r => new { r.Source, r.Type, r.SourceId }).IsUnique();
            resource.HasIndex(r => new { r.PatientId, r.Type });
        });
        model.Entity<Medication>(medication =>
        {
            medication.Property(m => m.Id).ValueGeneratedNever();
            medication.Property(m => m.Source).HasMaxLength(SourceLength);
            medication.Property(m => m.SourceId).HasMaxLength(IdLength);
            medication.Property(m => m.SubstanceId).HasMaxLength(IdLength);
            medication.Property(m => m.Name).Sealed();
            medication.Property(m => m.Dosage).Sealed();
            medication.Property(m => m.Reason).Sealed();
            medication.Property(m => m.Prescriber).Sealed();
            medication.HasIndex(m => m.PatientId);
        });
        model.Entity<Fill>(fill =>
        {
            fill.Property(f => f.Id).ValueGeneratedNever();
            fill.Property(f => f.Source).HasMaxLength(SourceLength);
            fill.Property(f => f.SourceId).HasMaxLength(IdLength);
            fill.Property(f => f.PrescriptionId).HasMaxLength(IdLength);
            fill.Property(f => f.SubstanceId).HasMaxLength(IdLength);
            fill.Property(f => f.Name).Sealed();
            fill.Property(f => f.Dosage).Sealed();
            fill.HasIndex(f => f.PatientId);
        });
        model.Entity<Substance>(substance =>
        {
            substance.Property(s => s.Id).ValueGeneratedNever();
            substance.Property(s => s.Source).HasMaxLength(SourceLength);
            substance.Property(s => s.SourceId).HasMaxLength(IdLength);
            substance.Property(s => s.Name).Sealed();
            substance.HasIndex(s => new { s.Source, s.SourceId }).IsUnique();
        });
        model.Entity<Refill>(refill =>
        {
            refill.Property(r => r.Id).ValueGeneratedNever();
            refill.Property(r => r.Medication).Sealed();
            refill.Property(r => r.Note).Sealed();
            refill.Property(r => r.Reason).Sealed();
            refill.Property(r => r.NextStep).Sealed();
            refill.Property(r => r.AskedBy).HasMaxLength(200);
            refill.Property(r => r.Version).IsConcurrencyToken();
            // One open request for each medication: null when it is closed, and nulls are no duplicates on either engine.
            refill.HasIndex(r => r.OpenFor).IsUnique();
            refill.HasIndex(r => new { r.PatientId, r.AskedAt });
            refill.HasIndex(r => new { r.State, r.AskedAt });
            refill.HasMany(r => r.Steps).WithOne().HasForeignKey(s => s.RefillId);
            refill.Navigation(r => r.Steps).UsePropertyAccessMode(PropertyAccessMode.Field);
        });
        model.Entity<RefillStep>(step =>
        {
            step.HasKey(s => new { s.RefillId, s.Number });
            step.Property(s => s.By).HasMaxLength(200);
        });
        model.Entity<DispensingPharmacy>(pharmacy =>
        {
            pharmacy.Property(p => p.Id).ValueGeneratedNever();
            pharmacy.Property(p => p.Name).HasMaxLength(200);
            pharmacy.Property(p => p.Address).HasMaxLength(300);
            pharmacy.Property(p => p.Phone).HasMaxLength(40);
        });
    }
}
