using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Requests;

namespace PatientPortal.Kernel.Auditing;

/// <summary>A row of the trail before it is written: who, when, what, for whom, from where.</summary>
public sealed record AuditDraft
{
    public required ActorKind ActorKind { get; init; }
    public required Guid ActorId { get; init; }
    public required string ActorName { get; init; }
    public required string ActorRole { get; init; }

    /// <summary>"self", a proxy's relation, or "staff"; null when no one patient is meant.</summary>
    public string? Relation { get; init; }

    public Guid? PatientId { get; init; }
    public required Act Act { get; init; }
    public required string What { get; init; }
    public required string Says { get; init; }

    /// <summary>"ok", or the code of the refusal.</summary>
    public string Outcome { get; init; } = "ok";

    public required string TraceId { get; init; }
    public string? Address { get; init; }

    /// <summary>The session, never its token.</summary>
    public Guid? SessionId { get; init; }

    internal bool Written { get; set; }

    internal static AuditDraft Of(DoesAttribute does, RequestScope scope) => new()
    {
        ActorKind = scope.Actor.Kind, ActorId = scope.Actor.AccountId, ActorName = scope.Actor.Name, ActorRole = scope.Actor.Role,
        Relation = scope.Patient?.Relation, PatientId = scope.Patient?.Id,
        Act = does.Act, What = does.What, Says = does.Says,
        TraceId = scope.TraceId, Address = scope.Address, SessionId = scope.Actor.SessionId == Guid.Empty ? null : scope.Actor.SessionId,
    };
}

/// <summary>A row of the trail.</summary>
/// <param name="Seq">Its number; rows are linked in this order.</param>
/// <param name="Says">In plain words, as the patient reads it.</param>
public sealed record AuditEntry(
    long Seq, DateTimeOffset At, string TraceId, ActorKind ActorKind, Guid ActorId, string ActorName, string ActorRole, string? Relation,
    Guid? PatientId, Act Act, string What, string Says, string Outcome, string? Address);
