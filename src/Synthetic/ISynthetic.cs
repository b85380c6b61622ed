namespace PatientPortal.Synthetic;

/// <summary>
/// A module's part of the synthetic clinic: inserts the cast into the module's own tables, its own known patients too.
/// Called on an empty database, lowest order first; for a large clinic once more for each further part of the cast,
/// whose lists of what already stands (locations, providers, staff...) are then empty.
/// </summary>
public interface ISynthetic
{
    /// <summary>Identity fills first (10), the others after it.</summary>
    int Order { get; }

    Task Fill(Cast cast, CancellationToken ct);
}
