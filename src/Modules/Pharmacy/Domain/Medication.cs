namespace PatientPortal.Pharmacy.Domain;

/// <summary>FHIR's status of a MedicationRequest, as a patient understands it.</summary>
enum MedicationStatus { Active, OnHold, Stopped, Completed, Cancelled, Unknown, Draft, EnteredInError }

/// <summary>One prescription of a patient, projected from a MedicationRequest; the resource itself is kept beside it, byte for byte.</summary>
sealed class Medication
{
    public Guid Id { get; init; }
    public Guid PatientId { get; init; }

    /// <summary>The system it came from; its ids are unique within it.</summary>
    public required string Source { get; init; }
    public required string SourceId { get; init; }

    public MedicationStatus Status { get; private set; }
    public bool SelfReported { get; private set; }
    public bool Inpatient { get; private set; }
    public bool AsNeeded { get; private set; }

    /// <summary>From the request itself, when it says one; otherwise the Medication that <see cref="SubstanceId"/> names has it.</summary>
    public string? Name { get; private set; }
    public string? SubstanceId { get; private set; }
    public string? Dosage { get; private set; }
    public string? Reason { get; private set; }
    public string? Prescriber { get; private set; }

    public DateOnly? AuthoredOn { get; private set; }
    public DateOnly? ValidUntil { get; private set; }

    /// <summary>Refills after the first fill.</summary>
    public int? Repeats { get; private set; }
    public int? DaysSupply { get; private set; }

    public void Take(PrescriptionFacts facts)
    {
        (Status, SelfReported, Inpatient, AsNeeded) = (facts.Status, facts.SelfReported, facts.Inpatient, facts.AsNeeded);
        (Name, SubstanceId) = (facts.Drug.Name, facts.Drug.SubstanceId);
        (Dosage, Reason, Prescriber) = (facts.Dosage, facts.Reason, facts.Prescriber);
        (AuthoredOn, ValidUntil, Repeats, DaysSupply) = (facts.AuthoredOn, facts.ValidUntil, facts.Repeats, facts.DaysSupply);
    }
}

/// <summary>One time that a medication was handed out, projected from a MedicationDispense.</summary>
sealed class Fill
{
    public Guid Id { get; init; }
    public Guid PatientId { get; init; }
    public required string Source { get; init; }
    public required string SourceId { get; init; }

    /// <summary>The MedicationRequest it was made for, within the same source; it may arrive later, or never.</summary>
    public string? PrescriptionId { get; private set; }
    public string? Name { get; private set; }
    public string? SubstanceId { get; private set; }
    public string? Dosage { get; private set; }
    public DateOnly? On { get; private set; }
    public int? DaysSupply { get; private set; }

    /// <summary>False for a dispense that was declined, cancelled or entered in error.</summary>
    public bool Counts { get; private set; }

    public void Take(FillFacts facts)
    {
        (PrescriptionId, Name, SubstanceId, Dosage) = (facts.PrescriptionId, facts.Drug.Name, facts.Drug.SubstanceId, facts.Dosage);
        (On, DaysSupply, Counts) = (facts.On, facts.DaysSupply, facts.Counts);
    }
}

/// <summary>The name of a Medication resource that prescriptions refer to.</summary>
sealed class Substance
{
    public Guid Id { get; init; }
    public required string Source { get; init; }
    public required string SourceId { get; init; }
    public required string Name { get; set; }
}

/// <summary>A FHIR resource as it arrived: nothing of it is lost.</summary>
sealed class StoredResource
{
    public Guid Id { get; init; }
    public Guid? PatientId { get; init; }
    public required string Source { get; init; }
    public required string Type { get; init; }
    public required string SourceId { get; init; }
    public required byte[] Json { get; set; }

    /// <summary>The source's <c>meta.lastUpdated</c>: an older version never replaces a newer one.</summary>
    public DateTimeOffset? LastUpdated { get; set; }
    public DateTimeOffset ArrivedAt { get; set; }
}

/// <summary>The few facts that this module needs of a patient, fed by Identity's news.</summary>
sealed class KnownPatient
{
    public Guid Id { get; init; }
    public required string Name { get; set; }
    public DateOnly BirthDate { get; set; }
    public required string TimeZone { get; set; }
    public required string Language { get; set; }
}

/// <summary>A pharmacy that a refill can be sent to.</summary>
sealed class DispensingPharmacy
{
    public Guid Id { get; init; }
    public required string Name { get; set; }
    public required string Address { get; set; }
    public required string Phone { get; set; }
}
