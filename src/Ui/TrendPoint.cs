namespace PatientPortal.Ui;

/// <summary>One value of a <see cref="TrendChart"/>.</summary>
/// <param name="At">When it was taken, in the zone it is shown in.</param>
/// <param name="Value">The number, or null when the result is in words ("negative", "&lt; 5"): a gap in the line.</param>
/// <param name="Shown">The value as the report has it.</param>
/// <param name="Unit">Values of different units are never joined, nor drawn on one scale.</param>
/// <param name="Low">The lower end of the range that came with this result, when it had one.</param>
/// <param name="High">The upper end.</param>
/// <param name="IsOut">The report marks it as out of its range.</param>
public sealed record TrendPoint(
    DateTimeOffset At, double? Value, string Shown, string? Unit = null, double? Low = null, double? High = null, bool IsOut = false);
