namespace PatientPortal.Scheduling.Domain;

/// <summary>A place where visits happen. Its zone decides every wall-clock time said about a visit there.</summary>
internal sealed class Location
{
    public Guid Id { get; init; }

    /// <summary>A small number, never used again, that slot ids carry in place of the id.</summary>
    public int Number { get; init; }

    public required string Name { get; set; }
    public required string Address { get; set; }
    public required string Phone { get; set; }

    /// <summary>IANA zone, such as "America/New_York".</summary>
    public required string Zone { get; set; }
}
