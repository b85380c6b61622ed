using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PatientPortal.Records.Domain.Fhir;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.Domain.Chart;

/// <summary>A line of a chart's list, ready to be stored sealed.</summary>
/// <param name="At">Sorts the list.</param>
/// <param name="Shown">False for what was entered in error or is not finished: it stays stored, and no list shows it.</param>
readonly record struct ChartLine(ChartSection Section, FhirDate? At, bool Shown, byte[] Json);

/// <summary>Makes the line of a chart's list from a resource; resources of other types make none.</summary>
static class ChartItemOf
{
    public static ChartLine? From(Guid id, string type, JsonElement resource) => type switch
    {
        "Observation" => Vitals.From(id, resource),
        "Condition" => Line(ChartSection.Conditions, ConditionFrom(id, resource), RecordsJson.Relaxed.Condition, c => c.Onset ?? c.Recorded,
            shown: resource.CodeOf("verificationStatus") is not "entered-in-error"),
        "AllergyIntolerance" => Line(ChartSection.Allergies, AllergyFrom(id, resource), RecordsJson.Relaxed.Allergy, a => a.Recorded ?? a.Onset,
            shown: resource.CodeOf("verificationStatus") is not "entered-in-error"),
        "Immunization" => Line(ChartSection.Immunizations, ImmunizationFrom(id, resource), RecordsJson.Relaxed.Immunization, i => i.Date, NotAMistake(resource)),
        "Procedure" => Line(ChartSection.Procedures, ProcedureFrom(id, resource), RecordsJson.Relaxed.Procedure, p => p.Date, NotAMistake(resource)),
        "Encounter" => Line(ChartSection.Visits, VisitFrom(id, resource), RecordsJson.Relaxed.PastVisit, v => v.Date, NotAMistake(resource)),
        "DocumentReference" => Documents.From(id, resource),
        "CareTeam" => Line(ChartSection.CareTeam, CareTeamFrom(id, resource), RecordsJson.Relaxed.CareTeam, t => t.Since, NotAMistake(resource)),
        "Goal" => Line(ChartSection.Goals, Plans.GoalFrom(id, resource), RecordsJson.Relaxed.Goal, g => g.Start ?? g.Due, resource.Text("lifecycleStatus") is not "entered-in-error"),
        "CarePlan" => Line(ChartSection.CarePlans, Plans.PlanFrom(id, resource), RecordsJson.Relaxed.CarePlan, p => p.Since ?? resource.Date("created"),
            resource.Text("status") is not ("entered-in-error" or "draft")),
        _ => null,
    };

    internal static ChartLine Line<T>(ChartSection section, T item, JsonTypeInfo<T> json, Func<T, FhirDate?> at, bool shown) =>
        new(section, at(item), shown, JsonSerializer.SerializeToUtf8Bytes(item, json));

    internal static bool NotAMistake(JsonElement resource) => resource.Text("status") is not "entered-in-error";

    static Condition ConditionFrom(Guid id, JsonElement r) => new(
        id, Concept.NameOf(r, "code") ?? "Condition without a name", Concept.Of(r, "code")?.Code, r.CodeOf("clinicalStatus"), r.CodeOf("verificationStatus"),
        ConditionKind(r), r.Date("onsetDateTime") ?? FhirPeriod.Of(r, "onsetPeriod")?.Start,
        r.Text("onsetString") ?? (Quantity.Of(r, "onsetAge") is { } age ? $"at age {age}" : null),
        r.Date("abatementDateTime") ?? FhirPeriod.Of(r, "abatementPeriod")?.End, r.Date("recordedDate"), Concept.NameOf(r, "severity"), r.Notes());

    static string ConditionKind(JsonElement r)
    {
        var codes = r.Each("category").SelectMany(c => c.Each("coding")).Select(c => c.Text("code")).ToList();
        return codes.Contains("problem-list-item") ? "problem" : codes.Contains("health-concern") ? "concern" : codes.Contains("encounter-diagnosis") ? "diagnosis" : "problem";
    }

    static Allergy AllergyFrom(Guid id, JsonElement r) => new(
        id, Concept.NameOf(r, "code") ?? "Allergy without a name", Concept.Of(r, "code")?.Code, r.CodeOf("clinicalStatus"), r.CodeOf("verificationStatus"),
        r.Text("type"), Some(r.Each("category").Select(c => c.AsText())), r.Text("criticality"),
        Reactions(r), r.Date("onsetDateTime"), r.Date("recordedDate"), r.Notes());

    static List<AllergyReaction>? Reactions(JsonElement r)
    {
        var reactions = r.Each("reaction").SelectMany(reaction =>
        {
            var said = reaction.Each("manifestation").Select(m => Concept.From(m)?.Name).OfType<string>().ToList();
            var text = said.Count > 0 ? string.Join(", ", said) : reaction.Text("description");
            return text is null ? (IEnumerable<AllergyReaction>)[] : [new AllergyReaction(text, reaction.Text("severity"))];
        }).ToList();
        return reactions.Count is 0 ? null : reactions;
    }

    static Immunization ImmunizationFrom(Guid id, JsonElement r)
    {
        var protocol = r.First("protocolApplied");
        var dose = protocol?.Text("doseNumberString") ?? (protocol?.Number("doseNumberPositiveInt") is { } number ? Digits.Of(number) : null);
        return new(id, Concept.NameOf(r, "vaccineCode") ?? "Vaccine without a name", Concept.Of(r, "vaccineCode")?.Code, r.Text("status") ?? "completed",
            Concept.NameOf(r, "statusReason"), r.Date("occurrenceDateTime"), r.Text("occurrenceString"), dose, r.Text("lotNumber"), Concept.NameOf(r, "site"),
            Display(r, "location"), r.Each("performer").Select(p => Display(p, "actor")).FirstOrDefault(d => d is not null), r.Notes());
    }

    static Procedure ProcedureFrom(Guid id, JsonElement r)
    {
        var period = FhirPeriod.Of(r, "performedPeriod");
        return new(id, Concept.NameOf(r, "code") ?? "Procedure without a name", Concept.Of(r, "code")?.Code, r.Text("status") ?? "unknown",
            r.Date("performedDateTime") ?? period?.Start ?? period?.End, period?.End,
            r.Text("performedString") ?? (Quantity.Of(r, "performedAge") is { } age ? $"at age {age}" : null),
            r.Each("performer").Select(p => Display(p, "actor")).FirstOrDefault(d => d is not null), Display(r, "location"),
            r.Each("reasonCode").Select(c => Concept.From(c)?.Name).FirstOrDefault(d => d is not null)
                ?? r.Each("reasonReference").Select(c => c.Text("display")).FirstOrDefault(d => d is not null),
            Concept.NameOf(r, "outcome"), r.Notes());
    }

    static PastVisit VisitFrom(Guid id, JsonElement r)
    {
        var period = FhirPeriod.Of(r, "period");
        var kind = r.Child("class")?.Text("code") switch
        {
            "AMB" => "office",
            "VR" => "virtual",
            "EMER" => "emergency",
            "IMP" or "ACUTE" or "NONAC" or "OBSENC" or "SS" => "hospital",
            "HH" => "home",
            _ => null,
        };
        var name = r.Each("type").Select(t => Concept.From(t)?.Name).FirstOrDefault(n => n is not null) ?? Concept.NameOf(r, "serviceType")
            ?? r.Child("class")?.Text("display") ?? "Visit";
        return new(id, name, kind, r.Text("status") ?? "unknown", period?.Start ?? period?.End, period?.End,
            r.Each("participant").Select(p => Display(p, "individual")).FirstOrDefault(d => d is not null),
            r.Each("location").Select(l => Display(l, "location")).FirstOrDefault(d => d is not null) ?? Display(r, "serviceProvider"),
            Some(r.Each("reasonCode").Select(c => Concept.From(c)?.Name).Concat(r.Each("reasonReference").Select(c => c.Text("display"))))
                ?? Some(r.Each("diagnosis").Select(d => Display(d, "condition"))));
    }

    static CareTeam CareTeamFrom(Guid id, JsonElement r)
    {
        var period = FhirPeriod.Of(r, "period");
        var patient = Reference.Of(r, "subject")?.Id;
        var members = r.Each("participant")
            .Where(p => p.Child("member") is { } member && Reference.From(member) is var reference && reference?.Type is not "Patient" && (patient is null || reference?.Id != patient))
            .Select(p => new CareTeamMember(Display(p, "member") ?? "Name not given",
                p.Each("role").Select(c => Concept.From(c)?.Name).FirstOrDefault(n => n is not null), Display(p, "onBehalfOf"), null)).ToList();
        return new(id, r.Text("name") ?? r.Each("category").Select(c => Concept.From(c)?.Name).FirstOrDefault(n => n is not null) ?? "Care team",
            r.Text("status"), period?.Start, period?.End, r.Each("reasonCode").Select(c => Concept.From(c)?.Name).FirstOrDefault(n => n is not null), members);
    }

    internal static string? Display(JsonElement element, string name) =>
        element.Child(name) is { } reference ? reference.Text("display") ?? reference.Child("identifier")?.Text("value") : null;

    internal static List<string>? Some(IEnumerable<string?> texts)
    {
        var list = texts.OfType<string>().Distinct().ToList();
        return list.Count is 0 ? null : list;
    }
}
