namespace PatientPortal.Records.Domain.Results;

/// <summary>
/// When a patient may read a result: at once when it is final (45 CFR 171: delay needs a reason, and then it is a hold).
/// What is not finished is not shown; what was withdrawn never is.
/// </summary>
static class ReleaseRule
{
    /// <summary>Notices are for what is new. An import of old history is no news: only results of the last 30 days are announced.</summary>
    public static readonly TimeSpan NewsWindow = TimeSpan.FromDays(30);

    /// <summary>Longer than this, a hold is reported to the privacy officer.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromDays(30);

    public static bool Shows(string? status) => status is "final" or "corrected" or "amended" or "appended" or "cancelled";

    /// <summary>A line of a shown panel whose own status is not final yet reads "not ready", without its value.</summary>
    public static bool ShowsValue(string? status) => status is "final" or "corrected" or "amended" or "appended";
}
