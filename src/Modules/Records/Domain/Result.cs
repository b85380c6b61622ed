namespace PatientPortal.Records.Domain;

/// <summary>
/// One panel in a patient's list of results. Its id is that of the DiagnosticReport, or of the Observation that stands alone.
/// Whether the patient sees it is decided by these columns, on every surface alike (see <c>Data.Visible</c>).
/// </summary>
sealed class Result
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }
    public required string Source { get; init; }

    /// <summary>Sorts the list: when it was collected, else issued, else arrived.</summary>
    public required DateTimeOffset Effective { get; set; }

    public required string Status { get; set; }

    /// <summary>Its status lets the patient see it (<see cref="Results.ReleaseRule"/>).</summary>
    public required bool Shown { get; set; }

    /// <summary>A value on it needs a clinician's eye.</summary>
    public required bool Abnormal { get; set; }

    /// <summary>Since when the patient could have read it without doing so; null once read, and for history that came late.</summary>
    public DateTimeOffset? NewSince { get; set; }

    public DateTimeOffset? SeenAt { get; set; }

    /// <summary>Hidden from the patient until then; a query compares it with the clock, so it ends without anybody acting.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>The ready-made answer (<see cref="Results.ResultSheet"/>).</summary>
    public required byte[] Sheet { get; set; }

    /// <summary>The words of the report, read only on the panel's own page.</summary>
    public string? Words { get; set; }
}

/// <summary>Which Observations a panel names, by their ids within the source: they may arrive before it, or after.</summary>
sealed class ResultMember
{
    public required Guid ResultId { get; init; }
    public required string Source { get; init; }
    public required string ObservationId { get; init; }
    public required int Position { get; set; }
}

/// <summary>One value of one analyte, for trends.</summary>
sealed class Measurement
{
    /// <summary>The panel or the vital sign it stands on.</summary>
    public required Guid OwnerId { get; init; }

    public required int Position { get; init; }
    public required Guid PatientId { get; init; }
    public required string Code { get; set; }
    public required DateTimeOffset At { get; set; }
    public required bool Shown { get; set; }

    /// <summary>A <see cref="Results.TrendValue"/>.</summary>
    public required byte[] Point { get; set; }
}

/// <summary>A line of one of the chart's lists: the ready-made answer, sealed.</summary>
sealed class ChartEntry
{
    /// <summary>The resource's.</summary>
    public required Guid Id { get; init; }

    public required Guid PatientId { get; init; }
    public required Chart.ChartSection Section { get; set; }
    public required DateTimeOffset At { get; set; }
    public required bool Shown { get; set; }
    public required byte[] Item { get; set; }
}
