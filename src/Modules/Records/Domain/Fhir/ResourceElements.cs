using System.Collections.Frozen;

namespace PatientPortal.Records.Domain.Fhir;

/// <summary>
/// What R4 says of each type, as far as the portal reads it (hl7.org/fhir/R4/resourcelist.html): "name" then "!" where it
/// is required, "*" where it is a choice of types, then its shape. Types that are not listed are stored as they come.
/// </summary>
static class ResourceElements
{
    const string Observations = "registered|preliminary|final|amended|corrected|cancelled|entered-in-error|unknown";
    const string Reports = "registered|partial|preliminary|final|amended|corrected|appended|cancelled|entered-in-error|unknown";
    const string Events = "preparation|in-progress|not-done|on-hold|stopped|completed|entered-in-error|unknown";
    const string Requests = "draft|active|on-hold|revoked|completed|entered-in-error|unknown";
    const string Financial = "active|cancelled|draft|entered-in-error";

    static readonly Dictionary<string, string> Rules = new()
    {
        ["Observation"] = $"status!:code={Observations} code!:concept category:concepts subject:reference encounter:reference effective*:any issued:datetime performer:references value*:any dataAbsentReason:concept interpretation:concepts note:objects referenceRange:objects hasMember:references component:components",
        ["DiagnosticReport"] = $"status!:code={Reports} code!:concept category:concepts subject:reference encounter:reference effective*:any issued:datetime performer:references resultsInterpreter:references result:references conclusion:string conclusionCode:concepts presentedForm:objects",
        ["Condition"] = "subject!:reference clinicalStatus:concept verificationStatus:concept category:concepts code:concept encounter:reference onset*:any abatement*:any recordedDate:datetime note:objects",
        ["AllergyIntolerance"] = "patient!:reference clinicalStatus:concept verificationStatus:concept type:code=allergy|intolerance category:codes criticality:code=low|high|unable-to-assess code:concept encounter:reference onset*:any recordedDate:datetime reaction:objects note:objects",
        ["Immunization"] = "status!:code=completed|entered-in-error|not-done vaccineCode!:concept patient!:reference occurrence!*:any statusReason:concept encounter:reference lotNumber:string site:concept performer:objects note:objects protocolApplied:objects",
        ["Procedure"] = $"status!:code={Events} subject!:reference code:concept encounter:reference performed*:any performer:objects reasonCode:concepts note:objects",
        ["Encounter"] = "status!:code=planned|arrived|triaged|in-progress|onleave|finished|cancelled|entered-in-error|unknown class!:object type:concepts subject:reference participant:objects period:period reasonCode:concepts diagnosis:objects location:objects",
        ["DocumentReference"] = "status!:code=current|superseded|entered-in-error docStatus:code=preliminary|final|amended|entered-in-error content!:contents type:concept category:concepts subject:reference date:datetime author:references",
        ["CareTeam"] = "status:code=proposed|active|suspended|inactive|entered-in-error category:concepts name:string subject:reference period:period participant:objects",
        ["CarePlan"] = $"status!:code={Requests} intent!:code=proposal|plan|order|option subject!:reference category:concepts period:period",
        ["Goal"] = "lifecycleStatus!:code=proposed|planned|accepted|active|on-hold|completed|cancelled|entered-in-error|rejected description!:concept subject!:reference",
        ["ServiceRequest"] = $"status!:code={Requests} intent!:code=proposal|plan|directive|order|original-order|reflex-order|filler-order|instance-order|option subject!:reference code:concept category:concepts occurrence*:any authoredOn:datetime",
        ["ImagingStudy"] = "status!:code=registered|available|cancelled|entered-in-error|unknown subject!:reference started:datetime series:objects",
        ["Media"] = $"status!:code={Events} content!:object subject:reference",
        ["QuestionnaireResponse"] = "status!:code=in-progress|completed|amended|entered-in-error|stopped subject:reference authored:datetime item:objects",
        ["Coverage"] = $"status!:code={Financial} beneficiary!:reference payor!:references",
        ["Claim"] = $"status!:code={Financial} type!:concept use!:code=claim|preauthorization|predetermination patient!:reference created!:datetime provider!:reference insurance!:objects",
        ["ExplanationOfBenefit"] = $"status!:code={Financial} type!:concept use!:code=claim|preauthorization|predetermination patient!:reference created!:datetime outcome!:code=queued|complete|error|partial insurance!:objects",
        ["RelatedPerson"] = "patient!:reference relationship:concepts",
        ["Provenance"] = "target!:references recorded!:datetime agent!:objects",
        ["Consent"] = "status!:code=draft|proposed|active|rejected|inactive|entered-in-error scope!:concept category!:concepts patient:reference",
        ["FamilyMemberHistory"] = "status!:code=partial|completed|entered-in-error|health-unknown patient!:reference relationship!:concept",
        ["MedicationStatement"] = "status!:code=active|completed|entered-in-error|intended|stopped|on-hold|unknown|not-taken medication!*:any subject!:reference",
        ["MedicationAdministration"] = "status!:code=in-progress|not-done|on-hold|completed|entered-in-error|stopped|unknown medication!*:any subject!:reference effective!*:any",
        ["Composition"] = "status!:code=preliminary|final|amended|entered-in-error type!:concept date!:datetime author!:references title!:string section:objects",
        ["Binary"] = "contentType!:code data:string",
        ["Communication"] = $"status!:code={Events} subject:reference",
        ["Specimen"] = "subject:reference type:concept",
        ["Device"] = "patient:reference type:concept",
        ["Practitioner"] = "name:objects identifier:objects telecom:objects",
        ["Organization"] = "name:string identifier:objects telecom:objects",
        ["Location"] = "name:string identifier:objects",
    };

    public static FrozenDictionary<string, Element[]> ByType() =>
        Rules.ToFrozenDictionary(rule => rule.Key, rule => rule.Value.Split(' ').Select(Parse).ToArray());

    static Element Parse(string rule)
    {
        var (name, rest) = (rule[..rule.IndexOf(':', StringComparison.Ordinal)], rule[(rule.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        var parts = rest.Split('=');
        return new(name.TrimEnd('!', '*'), Enum.Parse<Shape>(parts[0], ignoreCase: true), name.Contains('!', StringComparison.Ordinal),
            name.Contains('*', StringComparison.Ordinal), parts.Length > 1 ? parts[1].Split('|') : null);
    }
}
