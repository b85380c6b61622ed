using PatientPortal.Records.Domain.Fhir;
using PatientPortal.Records.Domain.Results;
using PatientPortal.Ui;

namespace PatientPortal.Records.Cards;

/// <summary>Values over time as the chart wants them.</summary>
static class Drawing
{
    /// <summary>A bound ("&lt;5") and a result in words have no place on the line: they are gaps in it.</summary>
    public static IReadOnlyList<TrendPoint> Drawn(this IReadOnlyList<TrendValue> values, string zone) =>
    [
        .. from value in values
           from at in value.At is { } known ? new[] { known } : []
           select new TrendPoint(at.HasZone ? Zones.In(at.Start, zone) : at.Start, value.Comparator is null ? (double?)value.Value : null, value.Text ?? "", value.Unit,
               (double?)value.Range?.Low, (double?)value.Range?.High, value.Flag?.IsAbnormal() is true),
    ];
}
