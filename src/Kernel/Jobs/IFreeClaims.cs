namespace PatientPortal.Kernel.Jobs;

/// <summary>Work that a process claims for the time of a lease. Called at start, when it is certain that every holder is dead.</summary>
public interface IFreeClaims
{
    /// <summary>Lets the claims go, so that the work is done again at once and not when the leases run out.</summary>
    /// <returns>How many there were.</returns>
    Task<int> Free(CancellationToken ct);
}
