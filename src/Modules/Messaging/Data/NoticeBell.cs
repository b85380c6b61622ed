namespace PatientPortal.Messaging.Data;

/// <summary>Rings when a notice is due now, so that it leaves at once and not with the next round of the job.</summary>
sealed class NoticeBell
{
    readonly SemaphoreSlim bell = new(0, 1);

    public void Ring()
    {
        try
        {
            if (bell.CurrentCount == 0) bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two rang at once; one ring is enough.
        }
    }

    public Task<bool> Heard(TimeSpan most, CancellationToken ct) => bell.WaitAsync(most, ct);
}
