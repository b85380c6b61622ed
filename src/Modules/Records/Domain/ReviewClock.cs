namespace PatientPortal.Records.Domain;

/// <summary>When staff look again.</summary>
static class ReviewClock
{
    /// <summary>A result outside its range that the patient has not opened for so long may need a call.</summary>
    public static readonly TimeSpan Unseen = TimeSpan.FromDays(7);
}
