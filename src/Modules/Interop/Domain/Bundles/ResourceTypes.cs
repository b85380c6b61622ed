using System.Collections.Frozen;

namespace PatientPortal.Interop.Domain.Bundles;

/// <summary>The resource types of FHIR R4 (4.0.1), and which element of each says whose it is.</summary>
internal static class ResourceTypes
{
    /// <summary>How the patient of a resource is named.</summary>
    /// <param name="Name">The top-level element.</param>
    /// <param name="Inner">The reference inside it, for an element that is a list of structures.</param>
    /// <param name="Required">Without a patient such a resource could be shown to nobody, so it goes to quarantine.</param>
    internal sealed record PatientElement(string Name, string? Inner, bool Required)
    {
        public string Path(string type) => Inner is null ? $"{type}.{Name}" : $"{type}.{Name}.{Inner}";
    }

    public static bool Exists(string type) => All.Contains(type);

    /// <summary>Null for what belongs to no patient: practitioners, organizations, definitions.</summary>
    public static PatientElement? PatientOf(string type) => Patients.GetValueOrDefault(type);

    /// <summary>The module that takes it.</summary>
    public static string OwnerOf(string type, bool isNamedByPrescription) => type switch
    {
        "Patient" => "identity",
        "MedicationRequest" or "MedicationDispense" => "pharmacy",
        "Medication" when isNamedByPrescription => "pharmacy",
        "Appointment" => "scheduling",
        _ => "records",
    };

    static readonly FrozenDictionary<string, PatientElement> Patients = Table().ToFrozenDictionary(StringComparer.Ordinal);

    static Dictionary<string, PatientElement> Table()
    {
        var table = new Dictionary<string, PatientElement>();
        Add("subject", true, """
            AdverseEvent CarePlan CareTeam ChargeItem ClinicalImpression Composition Condition DeviceRequest DeviceUseStatement
            DiagnosticReport DocumentManifest DocumentReference Encounter Flag Goal GuidanceResponse ImagingStudy Media
            MedicationAdministration MedicationDispense MedicationRequest MedicationStatement Observation Procedure
            QuestionnaireResponse RequestGroup RiskAssessment ServiceRequest Specimen
            """);
        Add("subject", false, "Account Basic Communication CommunicationRequest Invoice List MeasureReport");
        Add("patient", true, """
            AllergyIntolerance BodyStructure Claim ClaimResponse Consent CoverageEligibilityRequest CoverageEligibilityResponse
            DetectedIssue EpisodeOfCare ExplanationOfBenefit FamilyMemberHistory Immunization ImmunizationEvaluation
            ImmunizationRecommendation NutritionOrder RelatedPerson VisionPrescription
            """);
        Add("patient", false, "Device MolecularSequence SupplyDelivery");
        Add("beneficiary", true, "Coverage");
        Add("individual", true, "ResearchSubject");
        Add("candidate", false, "EnrollmentRequest");
        Add("for", false, "Task");
        Add("target", false, "Provenance");
        Add("actor", false, "AppointmentResponse");
        table["Appointment"] = new PatientElement("participant", "actor", Required: true);
        return table;

        void Add(string element, bool required, string types)
        {
            foreach (var type in Words(types)) table[type] = new PatientElement(element, null, required);
        }
    }

    static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    static readonly FrozenSet<string> All = Words("""
        Account ActivityDefinition AdverseEvent AllergyIntolerance Appointment AppointmentResponse AuditEvent Basic Binary
        BiologicallyDerivedProduct BodyStructure Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem
        ChargeItemDefinition Claim ClaimResponse ClinicalImpression CodeSystem Communication CommunicationRequest
        CompartmentDefinition Composition ConceptMap Condition Consent Contract Coverage CoverageEligibilityRequest
        CoverageEligibilityResponse DetectedIssue Device DeviceDefinition DeviceMetric DeviceRequest DeviceUseStatement
        DiagnosticReport DocumentManifest DocumentReference EffectEvidenceSynthesis Encounter Endpoint EnrollmentRequest
        EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceVariable ExampleScenario ExplanationOfBenefit
        FamilyMemberHistory Flag Goal GraphDefinition Group GuidanceResponse HealthcareService ImagingStudy Immunization
        ImmunizationEvaluation ImmunizationRecommendation ImplementationGuide InsurancePlan Invoice Library Linkage List
        Location Measure MeasureReport Media Medication MedicationAdministration MedicationDispense MedicationKnowledge
        MedicationRequest MedicationStatement MedicinalProduct MedicinalProductAuthorization MedicinalProductContraindication
        MedicinalProductIndication MedicinalProductIngredient MedicinalProductInteraction MedicinalProductManufactured
        MedicinalProductPackaged MedicinalProductPharmaceutical MedicinalProductUndesirableEffect MessageDefinition
        MessageHeader MolecularSequence NamingSystem NutritionOrder Observation ObservationDefinition OperationDefinition
        OperationOutcome Organization OrganizationAffiliation Parameters Patient PaymentNotice PaymentReconciliation Person
        PlanDefinition Practitioner PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse RelatedPerson
        RequestGroup ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject RiskAssessment
        RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot Specimen SpecimenDefinition StructureDefinition
        StructureMap Subscription Substance SubstanceNucleicAcid SubstancePolymer SubstanceProtein
        SubstanceReferenceInformation SubstanceSourceMaterial SubstanceSpecification SupplyDelivery SupplyRequest Task
        TerminologyCapabilities TestReport TestScript ValueSet VerificationResult VisionPrescription
        """).ToFrozenSet(StringComparer.Ordinal);
}
