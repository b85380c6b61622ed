namespace PatientPortal.Identity.Domain;

/// <summary>
/// Stands in once for a second factor that was lost: 78 random bits (63B 4.2.1.1 asks for 64), kept as their SHA-256, printed on paper by its owner.
/// </summary>
sealed class RecoveryCode
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required byte[] CodeHash { get; init; }
    public required DateTimeOffset IssuedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
