namespace PatientPortal.Kernel.Requests;

/// <summary>What a request does to data: FHIR AuditEvent's actions.</summary>
public enum Act { Create, Read, Update, Delete, Execute }

/// <summary>
/// Stands on every request that a patient or staff member can make: what it is in the audit trail, and what it needs.
/// </summary>
/// <param name="act">Create, read, update, delete or execute.</param>
/// <param name="what">The thing, in one or two words: "appointment", "results".</param>
/// <param name="says">What the patient reads in "who looked at my record": "Looked at test results".</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class DoesAttribute(Act act, string what, string says) : Attribute
{
    public Act Act => act;
    public string What => what;
    public string Says => says;

    /// <summary>For patients and proxies the scope of the grant, for staff the permission. Null: whoever passed the door may.</summary>
    public string? Needs { get; init; }

    /// <summary>Whoever asks must have proved who they are within <see cref="Access.StepUp.Within"/>; the page that sends it carries <c>[StepUp]</c>.</summary>
    public bool StepUp { get; init; }

    /// <summary>False for what shows no health data and changes nothing (a list of visit types): no row is written. Say why in <see cref="Because"/>.</summary>
    public bool Trail { get; init; } = true;

    public string? Because { get; init; }
}

/// <summary>An answer that shows several patients: each of them gets a row in the audit trail.</summary>
public interface IAboutPatients
{
    IEnumerable<Guid> PatientIds { get; }

    /// <summary>The same answer with nothing of these patients but who they are: their charts are closed to the reader. Null when it can't be shown at all then.</summary>
    object? Without(IReadOnlySet<Guid> closed) => null;
}
