namespace PatientPortal.Scheduling.Domain;

/// <summary>Somebody whose time can be booked.</summary>
internal sealed class Provider
{
    public Guid Id { get; init; }

    /// <summary>A small number, never used again, that slot ids carry in place of the id.</summary>
    public int Number { get; init; }

    public required string Name { get; set; }

    /// <summary>What they do, in words a patient knows: "Family physician".</summary>
    public required string Title { get; set; }

    /// <summary>False once they no longer see patients: their hours are kept, nothing is offered.</summary>
    public bool Active { get; set; } = true;
}
