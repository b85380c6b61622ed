namespace PatientPortal.Scheduling.Domain;

/// <summary>The few facts that scheduling keeps about a patient, fed by Identity's news.</summary>
internal sealed class KnownPatient
{
    public Guid Id { get; init; }
    public required string Name { get; set; }
    public DateOnly BirthDate { get; set; }
    public string? Phone { get; set; }
}
