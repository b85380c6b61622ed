namespace PatientPortal.Messaging.Domain;

/// <summary>What this module knows of a patient, fed by Identity's news.</summary>
sealed class KnownPatient
{
    public Guid Id { get; init; }
    public required string Name { get; set; }
    public required string TimeZone { get; set; }
    public required string Language { get; set; }

    /// <summary>The patient's own account; null until it is activated.</summary>
    public Guid? AccountId { get; set; }

    /// <summary>Where notices go: the account's address. Sealed.</summary>
    public string? Email { get; set; }
}
