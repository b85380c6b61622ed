using PatientPortal.Records.Domain.Fhir;

namespace PatientPortal.Records.Domain.Chart;

/// <summary>One measurement: a blood pressure keeps its two numbers together.</summary>
sealed record Vital(Guid Id, string Name, string? Code, FhirDate? Date, string Status, IReadOnlyList<VitalValue> Values, string? By, IReadOnlyList<string>? Notes)
{
    /// <summary>"118/76 mmHg" for the two components of a blood pressure (LOINC 8480-6 and 8462-4), else null.</summary>
    public string? Pressure() =>
        Values is [{ Code: "8480-6" or "8462-4", Value: not null } one, { Code: "8480-6" or "8462-4", Value: not null } other]
            && (one.Code is "8480-6" ? (one, other) : (other, one)) is var (upper, lower)
            ? $"{Digits.Of(upper.Value!.Value)}/{Digits.Of(lower.Value!.Value)} {upper.Unit}" : null;
}

sealed record VitalValue(string Name, string? Code, string? Text, decimal? Value, string? Unit, string? Absent, Flag? Flag);

/// <param name="ClinicalStatus">"active", "resolved", "remission"...; null when it was not said.</param>
/// <param name="Kind">"problem" (on the problem list), "diagnosis" (of one visit) or "concern".</param>
sealed record Condition(
    Guid Id, string Name, string? Code, string? ClinicalStatus, string? Verification, string Kind, FhirDate? Onset, string? OnsetText,
    FhirDate? Ended, FhirDate? Recorded, string? Severity, IReadOnlyList<string>? Notes);

/// <param name="Criticality">"high", "low" or "unable-to-assess".</param>
sealed record Allergy(
    Guid Id, string Name, string? Code, string? ClinicalStatus, string? Verification, string? Kind, IReadOnlyList<string>? Categories, string? Criticality,
    IReadOnlyList<AllergyReaction>? Reactions, FhirDate? Onset, FhirDate? Recorded, IReadOnlyList<string>? Notes);

sealed record AllergyReaction(string Text, string? Severity);

sealed record Immunization(
    Guid Id, string Name, string? Code, string Status, string? NotDoneBecause, FhirDate? Date, string? DateText, string? Dose, string? Lot, string? Site,
    string? Place, string? By, IReadOnlyList<string>? Notes);

sealed record Procedure(
    Guid Id, string Name, string? Code, string Status, FhirDate? Date, FhirDate? Until, string? DateText, string? By, string? Place, string? Reason,
    string? Outcome, IReadOnlyList<string>? Notes);

/// <param name="Kind">"office", "virtual", "emergency", "hospital", "home" or null.</param>
sealed record PastVisit(
    Guid Id, string Name, string? Kind, string Status, FhirDate? Date, FhirDate? Until, string? With, string? Place, IReadOnlyList<string>? Reasons);

/// <summary>A clinician's note.</summary>
sealed record Note(Guid Id, string Name, string Status, FhirDate? Date, string? By, string? Description, IReadOnlyList<Attachment> Attachments);

sealed record Document(
    Guid Id, string Name, string? Category, string Status, FhirDate? Date, string? By, string? Description, IReadOnlyList<Attachment> Attachments);

/// <param name="Number">Its place in the document, from 0: part of its address.</param>
/// <param name="Size">Bytes, when known.</param>
/// <param name="IsHere">False when the content is stored with somebody else.</param>
sealed record Attachment(int Number, string? Title, string ContentType, long? Size, bool IsHere);

/// <param name="Status">"active", "inactive", "proposed"...; null when it was not said.</param>
sealed record CareTeam(Guid Id, string Name, string? Status, FhirDate? Since, FhirDate? Until, string? Reason, IReadOnlyList<CareTeamMember> Members);

/// <param name="Status">FHIR's own word: proposed, planned, active, on-hold, completed...</param>
/// <param name="Achievement">"achieved", "improving", "not-achieved"...; null when nobody said.</param>
/// <param name="Targets">What is to be reached: "Hemoglobin A1c up to 7%".</param>
/// <param name="Due">By when; the latest of its targets.</param>
sealed record Goal(
    Guid Id, string Name, string Status, string? Achievement, FhirDate? Start, FhirDate? Due, IReadOnlyList<string>? Targets, string? By, IReadOnlyList<string>? Notes);

/// <param name="For">The conditions it is about, where the source names them.</param>
/// <param name="Words">The plan as it was written, without its markup.</param>
sealed record CarePlan(
    Guid Id, string Name, string Status, FhirDate? Since, FhirDate? Until, string? By, IReadOnlyList<string>? For, IReadOnlyList<PlannedActivity>? Activities,
    string? Words, IReadOnlyList<string>? Notes);

/// <param name="Status">"not-started", "scheduled", "in-progress", "completed"...; null when it was not said.</param>
sealed record PlannedActivity(string Name, string? Status);

sealed record CareTeamMember(string Name, string? Role, string? For, string? Phone);
