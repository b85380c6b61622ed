namespace PatientPortal.Interop.Domain.Bundles;

/// <summary>
/// One entry of what arrived: where its resource stands in the bytes, what it is, whose it is, and, when it can't be
/// taken, which element is at fault and why. The reason never quotes a value: it is shown on pages and kept unsealed.
/// </summary>
internal sealed class Entry(int position)
{
    /// <summary>From 0, in the order of arrival.</summary>
    public int Position { get; } = position;

    /// <summary>The FHIR resource type, or "unknown" when the entry does not say.</summary>
    public string Type { get; set; } = "unknown";

    /// <summary>The id within the source.</summary>
    public string? Id { get; set; }

    public string? FullUrl { get; set; }

    /// <summary>The first byte of the resource in what arrived.</summary>
    public int Start { get; set; }

    /// <summary>In bytes; 0 when the entry has no resource.</summary>
    public int Length { get; set; }

    /// <summary>"Patient/{id}" within the source, or null when it belongs to nobody.</summary>
    public string? PatientReference { get; set; }

    /// <summary>The element that names the patient: "Observation.subject".</summary>
    public string? PatientElement { get; set; }

    /// <summary>True when that Patient resource is in the same bundle.</summary>
    public bool PatientIsHere { get; set; }

    /// <summary>"identity", "records", "pharmacy" or "scheduling".</summary>
    public string Owner { get; set; } = "records";

    /// <summary>For a quarantine: the FHIR element at fault.</summary>
    public string? Element { get; private set; }

    /// <summary>For a quarantine: why, in plain words.</summary>
    public string? Reason { get; private set; }

    public bool IsQuarantined => Reason is not null;

    public bool IsPatient => Type is "Patient";

    /// <summary>"Observation/123", or the entry's place when it has no name of its own.</summary>
    public string Reference => Id is null || Type is "unknown" ? Place : $"{Type}/{Id}";

    public string Place => $"Bundle.entry[{Position}]";

    internal List<Pointer> Patients { get; } = [];
    internal List<Pointer> Medications { get; } = [];
    internal List<Identifier> Identifiers { get; } = [];

    /// <summary>The first fault is the one that is told.</summary>
    public void Quarantine(string element, string reason)
    {
        if (IsQuarantined) return;
        (Element, Reason) = (element, reason);
    }
}

/// <summary>A FHIR Reference as it stands in a resource.</summary>
internal readonly record struct Pointer(string? Reference, string? Type, Identifier? Identifier);

/// <summary>A business identifier: two resources that share one are about the same thing.</summary>
internal readonly record struct Identifier(string System, string Value);
