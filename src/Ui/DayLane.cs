namespace PatientPortal.Ui;

/// <summary>One calendar of a <see cref="DayGrid"/>: a provider's day.</summary>
/// <param name="Open">When visits can be booked.</param>
public sealed record DayLane(string Name, string? Detail, IReadOnlyList<(TimeOnly From, TimeOnly To)> Open, IReadOnlyList<DayItem> Items);

/// <summary>Something in a lane.</summary>
/// <param name="Kind">good, watch, alarm, or nothing.</param>
public sealed record DayItem(TimeOnly From, TimeOnly To, string Text, string? Href, string? Kind = null);
