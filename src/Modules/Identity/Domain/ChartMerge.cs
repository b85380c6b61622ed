using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Domain;

/// <summary>
/// Two charts of one person were joined: by whom, when, why, and what it changed besides the rows that moved, so that it can be undone for
/// <see cref="Undoable"/>. A chart is absorbed once at a time; the database says so.
/// </summary>
sealed class ChartMerge : IVersioned
{
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }

    /// <summary>The chart that was absorbed.</summary>
    public required Guid FromId { get; init; }

    /// <summary>The one that stays.</summary>
    public required Guid IntoId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Guid ById { get; init; }
    public required string ByName { get; init; }
    public required string Reason { get; init; }

    /// <summary>The account that was the absorbed chart's and now is the other's.</summary>
    public Guid? AccountFollowed { get; set; }

    /// <summary>The absorbed chart's account, disabled because the other has one.</summary>
    public Guid? AccountDisabled { get; set; }

    /// <summary>The absorbed chart's conflict now holds for the other.</summary>
    public bool ConflictCopied { get; set; }

    /// <summary>What became of each grant.</summary>
    public List<JoinedGrant> Grants { get; init; } = [];
    public DateTimeOffset? UndoneAt { get; set; }
    public Guid? UndoneById { get; set; }
    public string? UndoneByName { get; set; }
    public string? UndoneReason { get; set; }
    public int Version { get; set; }

    public DateTimeOffset UndoUntil => At + Undoable;

    public bool CanBeUndone(DateTimeOffset now) => UndoneAt is null && now < UndoUntil;
}

/// <summary>A grant as it was before the charts were joined, and as the merge left it: what a person decided since is not undone.</summary>
/// <param name="Moved">It was for the absorbed chart, and is for the other now.</param>
/// <param name="Partner">The same person's grant for the other chart: the two went on as one.</param>
sealed record JoinedGrant(
    Guid Id, bool Moved, Guid? Partner, string Scopes, DateTimeOffset? EndsAt, DateTimeOffset? RestsSince, string LeftScopes, DateTimeOffset? LeftEndsAt, DateTimeOffset? LeftRestsSince)
{
    public bool IsAsLeft(Grant grant) =>
        grant.RevokedAt is null && grant.Scopes == LeftScopes && Same(grant.EndsAt, LeftEndsAt) && Same(grant.RestsSince, LeftRestsSince);

    // The database keeps microseconds.
    static bool Same(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other is null : other is { } at && (one.Value - at).Duration() < TimeSpan.FromMilliseconds(1);
}

enum DuplicateState { Open, Merged, Dismissed }

/// <summary>Two charts that may be one person's, as a comparison or a staff member found: until somebody joins them or says that they are two people.</summary>
sealed class DuplicatePair : IVersioned
{
    public required Guid Id { get; init; }

    /// <summary>The smaller id of the two: a pair has one row.</summary>
    public required Guid OneId { get; init; }
    public required Guid OtherId { get; init; }

    /// <summary>0 to 100 (<see cref="ChartMatch"/>), when it was found.</summary>
    public required int Score { get; init; }
    public required DateTimeOffset FoundAt { get; init; }

    /// <summary>The staff member who noted it; null when the nightly comparison did.</summary>
    public string? FoundBy { get; init; }
    public DuplicateState State { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public Guid? DecidedById { get; set; }
    public string? DecidedByName { get; set; }

    /// <summary>Why they are two people.</summary>
    public string? Note { get; set; }
    public int Version { get; set; }

    public static DuplicatePair Of(Guid id, Guid one, Guid other, int score, string? by, DateTimeOffset now) =>
        new() { Id = id, OneId = one.CompareTo(other) < 0 ? one : other, OtherId = one.CompareTo(other) < 0 ? other : one, Score = score, FoundBy = by, FoundAt = now };

    public void Decide(DuplicateState state, Guid by, string name, string? note, DateTimeOffset now) =>
        (State, DecidedById, DecidedByName, Note, DecidedAt) = (state, by, name, note, now);
}

/// <summary>How far the nightly comparison has come: charts that changed before this place were compared. One row.</summary>
sealed class DuplicateSearch
{
    public required int Id { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public required Guid ChartId { get; set; }
}
