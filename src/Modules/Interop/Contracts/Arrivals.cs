using MediatR;

namespace PatientPortal.Interop.Contracts;

/// <summary>
/// A Patient resource arrived and needs a chart. Identity finds or makes one and answers with PatientIdentified;
/// until then nothing else of that patient is announced.
/// </summary>
/// <param name="ArrivalId">The bundle or message it came in.</param>
/// <param name="Source">The sending system's name: ids are unique within it.</param>
/// <param name="Reference">"Patient/{id}" within the source.</param>
/// <param name="Json">The resource, byte for byte as it arrived (UTF-8).</param>
public sealed record PatientArrived(Guid ArrivalId, string Source, string Reference, byte[] Json) : INotification;

/// <summary>
/// Resources of one patient (or of none: practitioners, organizations) arrived for one owner.
/// The owner stores each unchanged, or quarantines it with a reason, and answers with one <see cref="ResourcesTaken"/>.
/// Seen twice, the second time all are "unchanged".
/// </summary>
/// <param name="BatchId">This part of the arrival; the answer names it.</param>
/// <param name="Owner">"records", "pharmacy" or "scheduling": the others ignore it.</param>
/// <param name="PatientId">The chart, or null for resources that belong to nobody.</param>
public sealed record ResourcesArrived(
    Guid ArrivalId, Guid BatchId, string Owner, Guid? PatientId, string Source, IReadOnlyList<ArrivedResource> Resources) : INotification;

/// <summary>One resource as it arrived.</summary>
/// <param name="Type">FHIR resource type.</param>
/// <param name="Id">Its id within the source; unique together with source and type.</param>
/// <param name="Json">Byte for byte as it arrived (UTF-8).</param>
public sealed record ArrivedResource(string Type, string Id, byte[] Json);

/// <summary>An owner's answer to <see cref="ResourcesArrived"/>: one outcome for each resource, none missing.</summary>
public sealed record ResourcesTaken(Guid ArrivalId, Guid BatchId, string Owner, IReadOnlyList<TakenResource> Resources) : INotification;

/// <summary>What became of one resource.</summary>
/// <param name="Outcome">"created", "updated", "unchanged" or "quarantined".</param>
/// <param name="Element">For a quarantine: the FHIR element at fault ("Observation.status").</param>
/// <param name="Reason">For a quarantine: why, in plain words without health data.</param>
public sealed record TakenResource(string Type, string Id, string Outcome, string? Element, string? Reason);
