namespace PatientPortal.Scheduling.Domain;

/// <summary>
/// A provider sees patients at a place on this weekday between these wall-clock times. Kept in local time, so that a
/// clinic that opens at 09:00 still opens at 09:00 after the clocks change.
/// </summary>
internal sealed class WeeklyHours
{
    public Guid Id { get; init; }
    public Guid ProviderId { get; init; }
    public Guid LocationId { get; init; }
    public DayOfWeek Day { get; init; }
    public TimeOnly From { get; init; }

    /// <summary>The last visit ends by then.</summary>
    public TimeOnly To { get; init; }

    public DateOnly ValidFrom { get; init; }

    /// <summary>The last day it holds, or null while it goes on.</summary>
    public DateOnly? ValidTo { get; set; }

    public bool HoldsOn(DateOnly date) =>
        date.DayOfWeek == Day && date >= ValidFrom && (ValidTo is null || date <= ValidTo);
}
