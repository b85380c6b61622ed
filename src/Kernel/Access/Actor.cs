using PatientPortal.Kernel.Requests;

namespace PatientPortal.Kernel.Access;

/// <summary>What kind of person or program acts.</summary>
public enum ActorKind { Nobody, Patient, Staff, App, System }

/// <summary>
/// Who acts in this request. A signed-in patient or proxy is <see cref="ActorKind.Patient"/>: whose record they look at
/// stands in <see cref="CurrentPatient"/>, never here.
/// </summary>
/// <param name="Kind">Patient, staff, app, or the portal itself.</param>
/// <param name="AccountId">The account, or an empty id for nobody and the portal itself.</param>
/// <param name="Name">The name shown to others, in the audit trail too.</param>
/// <param name="Role">A staff member's role in plain words ("Nurse"); "Patient" or "Portal" otherwise.</param>
/// <param name="SessionId">The server-side session this request belongs to.</param>
/// <param name="Permissions">What a staff member may do (see the module's own permission names); empty for patients.</param>
/// <param name="OwnPatientId">The chart that is the actor's own, when they are a patient.</param>
public sealed record Actor(
    ActorKind Kind, Guid AccountId, string Name, string Role, Guid SessionId,
    IReadOnlySet<string> Permissions, Guid? OwnPatientId)
{
    static readonly IReadOnlySet<string> None = new HashSet<string>();

    /// <summary>Somebody who has not signed in.</summary>
    public static readonly Actor Nobody = new(ActorKind.Nobody, Guid.Empty, "Nobody", "Nobody", Guid.Empty, None, null);

    /// <summary>The portal itself: jobs and reactions to news.</summary>
    public static readonly Actor Portal = new(ActorKind.System, Guid.Empty, "Portal", "Portal", Guid.Empty, None, null);

    /// <summary>When the session's holder last proved who they are, with all they have (password and second factor, or a passkey); null when that is not known.</summary>
    public DateTimeOffset? ProvenAt { get; init; }

    /// <summary>How long the session lasts; null for programs' own and for the portal itself.</summary>
    public Stay? Stay { get; init; }

    public bool IsSignedIn => Kind is not ActorKind.Nobody;
}

/// <summary>How long a signed-in person stays so.</summary>
/// <param name="Idle">Without a request for this long, the session ends.</param>
/// <param name="EndsAt">When it ends whatever happens.</param>
public sealed record Stay(TimeSpan Idle, DateTimeOffset EndsAt);

/// <summary>
/// Whose record this request is about, found through the actor's grant to it. A handler that takes it can only see
/// this one record; there is no other way to learn a patient's id from a request.
/// </summary>
/// <param name="Id">The patient's id.</param>
/// <param name="Name">The patient's name as shown.</param>
/// <param name="Relation">"self" for one's own record, otherwise the relation of the proxy ("parent"), "staff", or "support" for staff who look on.</param>
/// <param name="Scopes">What the actor may see and do here; <see cref="CurrentPatient.Everything"/> for one's own record and for staff.</param>
/// <param name="TimeZone">The patient's IANA zone.</param>
/// <param name="PathPrefix">"" for one's own record; "/for/{id}" when acting for somebody else; "/as/{grant}" in a preview; "/staff/patients/{id}" for staff, "/support/{id}" when they look on.</param>
public sealed record CurrentPatient(
    Guid Id, string Name, string Relation, IReadOnlySet<string> Scopes, string TimeZone, string PathPrefix)
{
    public static readonly IReadOnlySet<string> Everything = new HashSet<string> { "*" };

    /// <summary>For staff: why this chart is not simply open to them. Null for an ordinary chart, and for everybody else.</summary>
    public Protection? Protection { get; init; }

    /// <summary>For staff: the patient's own account, when there is one.</summary>
    public Guid? OwnAccountId { get; init; }

    /// <summary>The pages read as to the patient: they look themselves, or staff see what they see.</summary>
    public bool IsSelf => Relation is "self" or "support";

    /// <summary>True while a patient looks at their own record as one of their proxies would; nothing can be changed then, and the trail says it was the patient.</summary>
    public bool IsPreview { get; init; }

    /// <summary>True for a chart that stays for those who represent the patient: nothing new is asked for or booked.</summary>
    public bool IsDeceased { get; init; }

    public bool Allows(string scope) => Scopes.Contains("*") || Scopes.Contains(scope);

    /// <summary>The address of one of this patient's pages: <c>Link("/visits")</c>.</summary>
    public string Link(string path) => PathPrefix + path;

    /// <summary>The address of something of this patient that is not a page, such as a file: <c>Api("/documents/1/content/0")</c>.</summary>
    public string Api(string path) => $"/api/v1/{(Relation is "staff" ? "staff/" : "")}patients/{Id}{path}";
}

/// <summary>Why a chart is not simply open to a staff member: it is their own, of somebody they know or work with, or protected for everybody.</summary>
/// <param name="Flag">"own", "relative", "colleague" or "protected".</param>
/// <param name="OpenUntil">Set while they have opened it with a reason (break-glass); never for one's own.</param>
/// <param name="Reason">The code of that reason.</param>
public sealed record Protection(string Flag, DateTimeOffset? OpenUntil = null, string? Reason = null)
{
    static readonly Refusal Own = Outcome.Forbidden("own_chart", "This is your own chart. Staff don't open their own.") with
    {
        NextStep = "Use your own patient account, or ask a colleague.",
    };
    static readonly Refusal Closed = Outcome.Forbidden("chart_protected", "This chart is protected: it opens for an hour to whoever gives a reason, and the privacy officer reviews that.") with
    {
        NextStep = "Open it with a reason if your work needs it.",
    };

    public bool IsOpen => OpenUntil is not null;

    public Refusal Refusal => Flag is "own" ? Own : Closed;
}

/// <summary>The staff member who acts. Taken by every handler under ForStaff.</summary>
public sealed record CurrentStaff(Guid Id, string Name, string Role, IReadOnlySet<string> Permissions)
{
    public bool May(string permission) => Permissions.Contains(permission);
}

/// <summary>One record that the actor may open: their own, or one they care for. Feeds the profile switcher.</summary>
/// <param name="Id">The patient's id.</param>
/// <param name="Name">The patient's name.</param>
/// <param name="Relation">"self", or the proxy's relation.</param>
/// <param name="Scopes">What the actor may see and do there.</param>
/// <param name="PathPrefix">Where that record's pages live: "" or "/for/{id}".</param>
public sealed record Profile(Guid Id, string Name, string Relation, IReadOnlyList<string> Scopes, string PathPrefix);

/// <summary>Opens a patient's record to an actor, or does not. Identity answers, from its grants, at each request.</summary>
public interface IPatientDoor
{
    /// <summary>The record, or null when it is not there or not the actor's to see: callers can't tell which.</summary>
    ValueTask<CurrentPatient?> Open(Actor actor, Guid patientId, CancellationToken ct);

    /// <summary>A patient's own record as the holder of this grant sees it; null when it is not a live grant of theirs.</summary>
    ValueTask<CurrentPatient?> OpenAs(Actor actor, Guid grant, CancellationToken ct);

    /// <summary>Of these patients those whose charts are closed to this staff member at this moment.</summary>
    ValueTask<IReadOnlyDictionary<Guid, Protection>> ClosedTo(Actor staff, IReadOnlyCollection<Guid> patients, CancellationToken ct) =>
        new(new Dictionary<Guid, Protection>());

    /// <summary>The chart that this one was joined into, for staff who may open charts; null where there is nothing to follow.</summary>
    ValueTask<Guid?> JoinedInto(Actor staff, Guid patient, CancellationToken ct) => new((Guid?)null);

    /// <summary>Every record the actor may open, their own first.</summary>
    ValueTask<IReadOnlyList<Profile>> ProfilesOf(Actor actor, CancellationToken ct);
}
