namespace PatientPortal.Messaging.Domain;

/// <summary>Somebody who may act for a patient, or might until the grant ended: that row stays, without scopes and address, so that a grant whose news comes late gives nothing back.</summary>
sealed class KnownProxy
{
    public Guid GrantId { get; init; }
    public Guid PatientId { get; init; }
    public Guid AccountId { get; init; }
    public required string Name { get; set; }
    public required string Language { get; set; }

    /// <summary>Sealed.</summary>
    public string? Email { get; set; }

    /// <summary>Stands for no scope at all: the grant rests, and may come back.</summary>
    const string Nothing = "none";

    /// <summary>What the grant opens, separated by blanks.</summary>
    public required string Scopes { get; set; }

    public void Allow(IReadOnlyList<string> scopes) => Scopes = scopes.Count is 0 ? Nothing : string.Join(' ', scopes);

    /// <summary>Without even that word it has ended for good.</summary>
    public bool HasEnded => Scopes.Length is 0;

    public void End() => (Email, Scopes) = (null, "");

    public bool May(string scope) => Scopes.Split(' ').Contains(scope);
}
