namespace PatientPortal.Messaging.Domain;

/// <summary>Somebody who may act for a patient now. The row goes when the grant ends.</summary>
sealed class KnownProxy
{
    public Guid GrantId { get; init; }
    public Guid PatientId { get; init; }
    public Guid AccountId { get; init; }
    public required string Name { get; set; }
    public required string Language { get; set; }

    /// <summary>Sealed.</summary>
    public string? Email { get; set; }

    /// <summary>The scopes of the grant, separated by blanks.</summary>
    public required string Scopes { get; set; }

    public bool May(string scope) => Scopes.Split(' ').Contains(scope);
}
