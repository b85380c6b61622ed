namespace PatientPortal.Scheduling.Domain;

/// <summary>A FHIR Appointment as another system sent it: its bytes unchanged, beside the few facts that we read from it.</summary>
internal sealed class ArrivedAppointment
{
    public Guid Id { get; init; }
    public Guid PatientId { get; init; }
    public required string Source { get; init; }

    /// <summary>Its id within the source.</summary>
    public required string FhirId { get; init; }

    /// <summary>meta.lastUpdated, when it has one.</summary>
    public DateTimeOffset? LastUpdated { get; set; }

    /// <summary>The visit it shows as, or null when it has no time yet.</summary>
    public Guid? AppointmentId { get; set; }

    public required byte[] Body { get; set; }
}
