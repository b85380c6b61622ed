using PatientPortal.Kernel.Requests;

namespace PatientPortal.Records.Domain;

/// <summary>
/// A clinician keeps a result back for a time, for a reason that the law knows (45 CFR 171.201: preventing harm; 171.202: privacy).
/// It ends by itself.
/// </summary>
sealed class Hold
{
    public required Guid Id { get; init; }

    /// <summary>Moves when a report takes in the Observation that was held alone.</summary>
    public required Guid ResultId { get; set; }

    public required Guid PatientId { get; init; }
    public required string Reason { get; init; }
    public required Guid StaffId { get; init; }
    public required string StaffName { get; init; }
    public required DateTimeOffset From { get; init; }
    public required DateTimeOffset Until { get; init; }

    /// <summary>When the patient was told of the result that it had kept back; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Who ended it early, or null when its time was over.</summary>
    public string? EndedBy { get; set; }

    public string? EndReason { get; set; }

    /// <summary>Places a hold; refuses one without an end in the next 30 days.</summary>
    public static Outcome<Hold> Place(Guid id, Result result, string reason, Guid staffId, string staffName, DateTimeOffset now, DateTimeOffset until)
    {
        if (until <= now) return Outcome.Invalid("until", "Choose an end in the future.");
        if (until > now + Results.ReleaseRule.LongestHold)
            return Outcome.Invalid("until", "A hold lasts 30 days at most. Place a new one then, if it is still needed.");
        if (result.HeldUntil > now)
            return Outcome.Refused("already_held", "This result is held already.", "Release it first, if the hold has to change.");
        return new Hold
        {
            Id = id, ResultId = result.Id, PatientId = result.PatientId, Reason = reason, StaffId = staffId, StaffName = staffName, From = now, Until = until,
        };
    }
}
