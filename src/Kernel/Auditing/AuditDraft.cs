using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
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

    /// <summary>Which way the request came in: "page", "api", "fhir"; null for the portal's own work.</summary>
    public string? Door { get; init; }

    /// <summary>Why, when it is out of the ordinary: a code such as "break-glass" (FHIR AuditEvent.purposeOfEvent). The words beside it stand in <see cref="Reason"/>.</summary>
    public string? Purpose { get; init; }

    /// <summary>What was touched: "results/0199...". Null for lists.</summary>
    public string? Subject { get; init; }

    /// <summary>What was searched for, as it was asked. Sealed.</summary>
    public string? Query { get; init; }

    /// <summary>The reason in somebody's own words. Sealed.</summary>
    public string? Reason { get; init; }

    /// <summary>What the change did to stored values. Sealed.</summary>
    internal ChangeNotes Changes { get; } = new();

    internal bool Written { get; set; }

    internal static AuditDraft Of(DoesAttribute does, RequestScope scope) => new()
    {
        ActorKind = scope.Actor.Kind, ActorId = scope.Actor.AccountId, ActorName = scope.Actor.Name, ActorRole = scope.Actor.Role,
        Relation = scope.Patient is { IsPreview: true } ? "self" : scope.Patient?.Relation, PatientId = scope.Patient?.Id,
        Act = does.Act, What = does.What, Says = does.Says,
        TraceId = scope.TraceId, Address = scope.Address, SessionId = scope.Actor.SessionId == Guid.Empty ? null : scope.Actor.SessionId,
        Door = scope.Door, Purpose = CodeOf(scope.Purpose), Reason = WordsOf(scope.Purpose),
        Subject = scope.Named is { } id ? $"{does.What}/{id}" : null, Query = scope.Query,
    };

    /// <summary>With what the handler found out since this was begun: whom it is about, and what for.</summary>
    internal AuditDraft Completed(RequestScope scope) => this with
    {
        PatientId = PatientId ?? scope.Patient?.Id ?? scope.AboutPatient, Purpose = Purpose ?? CodeOf(scope.Purpose), Reason = Reason ?? WordsOf(scope.Purpose),
    };

    /// <summary>"break-glass: emergency" is the code and the words.</summary>
    static string? CodeOf(string? purpose) => purpose?.Split(':', 2)[0].Trim();

    static string? WordsOf(string? purpose) => purpose?.Split(':', 2) is [_, var words] ? words.Trim() : null;
}

/// <summary>A row of the trail: who (actor, in which role, for whom), when, what, with which outcome and why, from where, through which door and server.</summary>
/// <param name="Seq">Its number; rows are linked in this order.</param>
/// <param name="At">UTC.</param>
/// <param name="Says">In plain words, as the patient reads it.</param>
/// <param name="Door">"page", "api" or "fhir"; null for the portal's own work.</param>
/// <param name="Server">The name of the machine that wrote it.</param>
/// <param name="Purpose">"break-glass", "support"; null for the ordinary.</param>
/// <param name="Subject">What was touched: "results/0199..."; null for lists.</param>
/// <param name="Detail">Null when there is none, or when it was not asked for.</param>
public sealed record AuditEntry(
    long Seq, DateTimeOffset At, string TraceId, ActorKind ActorKind, Guid ActorId, string ActorName, string ActorRole, string? Relation,
    Guid? PatientId, Act Act, string What, string Says, string Outcome, string? Address, Guid? SessionId,
    string? Door, string? Server, string? Purpose, string? Subject, AuditDetail? Detail)
{
    /// <summary>Where it stands in the trail: the cursor.</summary>
    public AuditPlace Place => new(At, Seq);
}

/// <summary>What a row says beyond its columns; sealed, for it may hold what somebody searched for, and what a value was before.</summary>
/// <param name="Query">What was searched for.</param>
/// <param name="Reason">In somebody's own words.</param>
/// <param name="Changes">At most <see cref="ChangeNotes.Most"/>.</param>
public sealed record AuditDetail(string? Query, string? Reason, IReadOnlyList<AuditChange>? Changes);

/// <summary>One stored value that a change replaced.</summary>
/// <param name="Of">"Account/0199..."</param>
/// <param name="Field">Null when the whole was removed.</param>
/// <param name="Was">Null where it was empty, or is never shown (a hash, a sealed text).</param>
/// <param name="Now">Likewise.</param>
public sealed record AuditChange(string Of, string? Field, string? Was, string? Now);

/// <summary>A place in the trail. It is read by time; of two rows of one instant the number decides.</summary>
public sealed record AuditPlace(DateTimeOffset At, long Seq)
{
    /// <summary>As a cursor.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Instants.Write(At)}.{Seq}");

    /// <summary>False when the text is no such cursor.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out AuditPlace? place)
    {
        place = null;
        if (text?.Split('.') is not [var at, var number]
            || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var micros) || micros > 253_402_300_799_999_999
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)) return false;
        place = new(Instants.Read(micros), seq);
        return true;
    }
}
