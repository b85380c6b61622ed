using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Requests;

namespace PatientPortal.Kernel.Access;

/// <summary>
/// What one unit of work knows about itself: who acts, for whom, under which trace and key. Filled at the door
/// (authentication, then the patient's door); one an HTTP request, one a delivery, one a job run.
/// </summary>
public sealed class RequestScope
{
    public Actor Actor { get; set; } = Actor.Nobody;
    public CurrentPatient? Patient { get; set; }
    public string TraceId { get; set; } = "";

    /// <summary>The network address the request came from, or null inside the portal.</summary>
    public string? Address { get; set; }

    /// <summary>Which way the request came in: "page", "api" or "fhir"; null inside the portal.</summary>
    public string? Door { get; set; }

    /// <summary>The id that the request's address names beside the patient: what is looked at or changed.</summary>
    public string? Named { get; set; }

    /// <summary>What was searched for, for the trail; kept sealed.</summary>
    public string? Query { get; set; }

    /// <summary>Why somebody looks, when it is out of the ordinary: a code, a colon, and their words ("break-glass: emergency").</summary>
    public string? Purpose { get; set; }

    /// <summary>The client's <c>Idempotency-Key</c>, or the hidden key of a form.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>
    /// The patient whom a staff member's request turned out to be about, when no route names them: set by the handler once it has
    /// found the record, so that the audit row of the change is theirs.
    /// </summary>
    public Guid? AboutPatient { get; set; }

    /// <summary>A second patient whom the same change is about: their log has its row too.</summary>
    public Guid? AlsoAboutPatient { get; set; }

    /// <summary>The chart that was just found closed to this staff member, so that a page can lead to where it is opened with a reason.</summary>
    public Guid? ClosedChart { get; set; }

    /// <summary>The open support view of this staff session: nothing is changed through it, at any door.</summary>
    public SupportView? Support { get; set; }

    /// <summary>A second factor of this account was said to be lost: from when on another can be set up. Every page of its owner says so; null when none was.</summary>
    public DateTimeOffset? RecoveryAt { get; set; }

    /// <summary>Through whose eyes a patient's pages are read, for what is new and who wrote what: those of whoever acts, or in a support view the patient's.</summary>
    public Guid ReaderId => Patient is { Relation: "support", OwnAccountId: { } own } ? own : Actor.AccountId;

    /// <summary>Nothing that this request does is saved: somebody only looks on.</summary>
    internal bool IsReadOnly { get; set; }

    /// <summary>Asked before a save: throws <see cref="ChartIsClosed"/> when what it is about is closed to whoever acts.</summary>
    internal Func<CancellationToken, Task>? Guard { get; set; }

    /// <summary>The news that a reaction answers: the same id however often it is delivered.</summary>
    public Guid? NewsId { get; internal set; }

    /// <summary>What the next save must also write to the audit trail, in its own transaction.</summary>
    internal AuditDraft? Draft { get; set; }

    /// <summary>What the next save must also remember, so that a repeated request gets the same answer.</summary>
    internal RepeatDraft? Repeat { get; set; }

    /// <summary>The delivery that the next save completes.</summary>
    internal long? Receipt { get; set; }

    internal bool ReceiptWritten { get; set; }

    /// <summary>
    /// Rows of the trail on their way to the disk. An HTTP answer waits for all of them before its first byte leaves: a page that reads six things
    /// waits once. Null where no answer waits: there each row is waited for at once.
    /// </summary>
    internal List<Task>? Trail { get; set; }

    /// <summary>One handler at a time; see <see cref="InTurn{TRequest,TResponse}"/>.</summary>
    internal SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The unit of work whose turn this flow of calls has.</summary>
    internal static readonly AsyncLocal<RequestScope?> Handling = new();

    internal bool IsBackground => Actor.Kind is ActorKind.System;
}
