using System.Globalization;
using System.Text.Json;

namespace PatientPortal.Pharmacy.Domain;

/// <summary>What a medication[x] says: a name, or the Medication resource that has it.</summary>
sealed record NamedDrug(string? Name, string? SubstanceId);

sealed record PrescriptionFacts(
    MedicationStatus Status, bool SelfReported, bool Inpatient, bool AsNeeded, NamedDrug Drug, string? Dosage, string? Reason, string? Prescriber,
    DateOnly? AuthoredOn, DateOnly? ValidUntil, int? Repeats, int? DaysSupply);

sealed record FillFacts(string? PrescriptionId, NamedDrug Drug, string? Dosage, DateOnly? On, int? DaysSupply, bool Counts);

/// <summary>
/// Reads what this module needs of FHIR R4 MedicationRequest, MedicationDispense and Medication (https://hl7.org/fhir/R4/medicationrequest.html).
/// Elements it does not need are not looked at: they stay in the stored bytes.
/// </summary>
static class MedicationReader
{
    public static readonly IReadOnlySet<string> Types = new HashSet<string> { "MedicationRequest", "MedicationDispense", "Medication", "MedicationStatement" };

    static readonly string[] DispenseStatuses =
        ["preparation", "in-progress", "cancelled", "on-hold", "completed", "entered-in-error", "stopped", "declined", "unknown"];

    /// <exception cref="ElementFault">The bytes are not this resource.</exception>
    public static JsonDocument Open(string type, string id, byte[] json)
    {
        JsonDocument document;
        try { document = JsonDocument.Parse(json); }
        catch (JsonException) { throw new ElementFault(type, "is not readable as JSON"); }
        var root = FhirNode.Root(document, type);
        if (root.Required("resourceType") != type) throw new ElementFault($"{type}.resourceType", "is another type than announced");
        if (root.Required("id") != id) throw new ElementFault($"{type}.id", "is another id than announced");
        return document;
    }

    public static DateTimeOffset? LastUpdated(JsonDocument document, string type) => FhirNode.Root(document, type).Child("meta")?.Instant("lastUpdated");

    public static PrescriptionFacts Prescription(JsonDocument document)
    {
        var root = FhirNode.Root(document, "MedicationRequest");
        var status = Status(root);
        _ = root.Required("intent");
        Subject(root);
        var dispense = root.Child("dispenseRequest");
        var supply = dispense?.Child("expectedSupplyDuration");
        return new(
            status, root.Flag("reportedBoolean") is true || root.Child("reportedReference") is not null,
            root.Each("category").SelectMany(c => c.Each("coding")).Any(c => c.Text("code") is "inpatient"),
            root.Each("dosageInstruction").Any(AsNeeded), Drug(root), Dosage(root), Reason(root), root.Child("requester")?.Text("display"),
            root.Day("authoredOn"), dispense?.Child("validityPeriod")?.Day("end"), dispense?.Whole("numberOfRepeatsAllowed"), supply is { } s ? Days(s) : null);
    }

    /// <summary>A MedicationStatement is what somebody says they take: it has no refills and no prescriber.</summary>
    public static PrescriptionFacts Statement(JsonDocument document)
    {
        var root = FhirNode.Root(document, "MedicationStatement");
        var status = root.Required("status") switch { "intended" or "not-taken" => MedicationStatus.Unknown, _ => Status(root) };
        Subject(root);
        return new(status, true, false, root.Each("dosage").Any(AsNeeded), Drug(root), Dosage(root, "dosage"), Reason(root), null,
            root.Day("dateAsserted") ?? root.Day("effectiveDateTime") ?? root.Child("effectivePeriod")?.Day("start"), null, null, null);
    }

    public static FillFacts Fill(JsonDocument document)
    {
        var root = FhirNode.Root(document, "MedicationDispense");
        var status = root.Required("status");
        if (!DispenseStatuses.Contains(status)) throw new ElementFault("MedicationDispense.status", "is not one of FHIR's statuses");
        Subject(root);
        return new(
            root.Each("authorizingPrescription").Select(p => p.ReferencedId()).FirstOrDefault(p => p is not null), Drug(root), Dosage(root),
            root.Day("whenHandedOver") ?? root.Day("whenPrepared"), root.Child("daysSupply") is { } supply ? Days(supply) : null, status is "completed" or "in-progress");
    }

    public static string Substance(JsonDocument document)
    {
        var root = FhirNode.Root(document, "Medication");
        return NameOf(root) ?? throw new ElementFault("Medication.code", "is missing");
    }

    static MedicationStatus Status(FhirNode root) => root.Required("status") switch
    {
        "active" => MedicationStatus.Active,
        "on-hold" => MedicationStatus.OnHold,
        "stopped" => MedicationStatus.Stopped,
        "completed" => MedicationStatus.Completed,
        "cancelled" => MedicationStatus.Cancelled,
        "draft" => MedicationStatus.Draft,
        "entered-in-error" => MedicationStatus.EnteredInError,
        "unknown" => MedicationStatus.Unknown,
        _ => throw new ElementFault($"{root.Path}.status", "is not one of FHIR's statuses"),
    };

    static void Subject(FhirNode root)
    {
        if (root.Child("subject") is null) throw new ElementFault($"{root.Path}.subject", "is missing");
    }

    static NamedDrug Drug(FhirNode root)
    {
        if (root.Child("medicationCodeableConcept") is { } coded)
            return coded.Concept() is { } name ? new(name, null) : throw new ElementFault(coded.Path, "has neither a text nor a code");
        if (root.Child("medicationReference") is not { } reference) throw new ElementFault($"{root.Path}.medication[x]", "is missing");

        var display = reference.Text("display");
        if (reference.Text("reference") is { } local && local.StartsWith('#'))
        {
            foreach (var contained in root.Each("contained"))
                if (contained.Text("id") == local[1..]) return new(NameOf(contained) ?? display ?? throw new ElementFault(contained.Path, "has no name"), null);
            return display is null ? throw new ElementFault($"{reference.Path}.reference", "points to nothing contained") : new(display, null);
        }
        return reference.ReferencedId() is { } id ? new(display, id)
            : display is not null ? new(display, null)
            : throw new ElementFault(reference.Path, "names no medication");
    }

    static string? NameOf(FhirNode medication) =>
        medication.Child("code")?.Concept()
        ?? string.Join(" + ", medication.Each("ingredient").Select(i => i.Child("itemCodeableConcept")?.Concept()).Where(n => n is not null)) switch { "" => null, var all => all };

    static string? Reason(FhirNode root) =>
        root.Each("reasonCode").Select(r => r.Concept()).Concat(root.Each("reasonReference").Select(r => r.Text("display"))).FirstOrDefault(r => r is not null);

    static bool AsNeeded(FhirNode dose) => dose.Flag("asNeededBoolean") is true || dose.Child("asNeededCodeableConcept") is not null;

    static string? Dosage(FhirNode root, string element = "dosageInstruction") =>
        string.Join("; ", root.Each(element).Select(d => d.Text("patientInstruction") ?? d.Text("text") ?? Built(d)).Where(d => d is not null)) switch { "" => null, var all => all };

    /// <summary>Where nobody wrote it out: "1 tablet, 2 times every 1 day".</summary>
    static string? Built(FhirNode dose)
    {
        var amount = dose.Each("doseAndRate").Select(r => r.Child("doseQuantity")).FirstOrDefault(q => q is not null) is { } quantity && quantity.Number("value") is { } value
            ? $"{value.ToString("0.###", CultureInfo.InvariantCulture)} {quantity.Text("unit")}".Trim() : null;
        var often = dose.Child("timing")?.Child("repeat") is { } repeat && repeat.Whole("frequency") is { } times && repeat.Number("period") is { } period && repeat.Text("periodUnit") is { } unit
            ? $"{(times is 1 ? "once" : $"{times} times")} {(period is 1 ? Unit(unit, "a ") : $"every {period.ToString("0.###", CultureInfo.InvariantCulture)} {Unit(unit, "")}s")}" : null;
        return (amount, often, AsNeeded(dose)) switch
        {
            (null, null, true) => "Take only when needed",
            (null, null, false) => null,
            var (a, o, needed) => string.Join(", ", new[] { a, o, needed ? "only when needed" : null }.Where(p => p is not null)),
        };
    }

    static string Unit(string ucum, string article) => article + (ucum switch { "h" => "hour", "d" => "day", "wk" => "week", "mo" => "month", "min" => "minute", "a" => "year", _ => ucum });

    static int? Days(FhirNode duration)
    {
        if (duration.Number("value") is not { } value || value is < 0 or > 3650) return null;
        return (int)Math.Round((duration.Text("code") ?? duration.Text("unit")) switch
        {
            "wk" or "week" or "weeks" => value * 7,
            "mo" or "month" or "months" => value * 30,
            "a" or "year" or "years" => value * 365,
            _ => value,
        });
    }
}
