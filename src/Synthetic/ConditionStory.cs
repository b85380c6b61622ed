using PatientPortal.Synthetic.Fhir;

namespace PatientPortal.Synthetic;

/// <summary>Conditions and allergies.</summary>
internal static class ConditionStory
{
    /// <param name="YearsAgo">When it began.</param>
    record Trouble(string Code, string Name, double YearsAgo, bool Resolved = false);

    /// <param name="RxNorm">For a medicine; foods and other things have text only.</param>
    record Intolerance(string? RxNorm, string Name, string Category, string Reaction, string Severity, string Criticality);

    static readonly Trouble
        Pressure = new("I10", "High blood pressure (essential hypertension)", 6.2), Cholesterol = new("E78.5", "High cholesterol (hyperlipidemia)", 5.1),
        Sugar = new("E11.9", "Type 2 diabetes without complications", 3.4), Sinus = new("J01.90", "Acute sinusitis", 0.7, true),
        Asthma = new("J45.40", "Moderate persistent asthma", 9), Pregnancy = new("Z34.90", "Normal pregnancy", 0.5), Thyroid = new("E03.9", "Underactive thyroid (hypothyroidism)", 3.8),
        Depression = new("F33.1", "Recurrent depression, moderate", 2.2), Heart = new("I50.22", "Chronic systolic heart failure", 2.9), Coronary = new("I25.10", "Coronary artery disease", 4.6),
        Flutter = new("I48.91", "Atrial fibrillation", 3.2), Arthritis = new("M17.0", "Arthritis of both knees", 7.5), Reflux = new("K21.9", "Acid reflux", 4.1),
        Back = new("M54.50", "Low back pain", 1.1), Ears = new("H66.90", "Ear infection", 0.8, true), Anemia = new("D50.9", "Iron deficiency anemia", 1.6, true), Seasonal = new("J30.2", "Seasonal allergic rhinitis", 12);

    static Trouble[] For(CastStory story) => story switch
    {
        CastStory.Metabolic or CastStory.Long => [Pressure, Cholesterol, Sugar, Sinus],
        CastStory.Hypertension => [Pressure, Cholesterol],
        CastStory.Diabetes => [Sugar, Cholesterol, Anemia],
        CastStory.Asthma => [Asthma, Seasonal],
        CastStory.Pregnancy => [Pregnancy],
        CastStory.Thyroid => [Thyroid, Anemia],
        CastStory.Depression => [Depression],
        CastStory.Elder => [Pressure, Cholesterol, Flutter, Arthritis, Reflux, Thyroid],
        CastStory.HeartFailure => [Heart, Coronary, Pressure, Cholesterol],
        CastStory.Pain => [Back],
        CastStory.Teen => [Asthma],
        CastStory.Child => [Ears],
        CastStory.Slim => [Pressure, Cholesterol],
        _ => [],
    };

    static readonly Intolerance
        Penicillin = new("7980", "Penicillin G", "medication", "Hives", "moderate", "high"), Peanut = new(null, "Peanuts", "food", "Swelling of the lips", "severe", "high"),
        Latex = new(null, "Latex", "environment", "Itching", "mild", "low"), Sulfa = new(null, "Sulfa antibiotics", "medication", "Rash", "moderate", "low"), Shellfish = new(null, "Shellfish", "food", "Nausea", "mild", "low");

    static readonly Intolerance[] All = [Penicillin, Peanut, Latex, Sulfa, Shellfish];

    public static IEnumerable<StoryResource> Tell(Story story)
    {
        foreach (var trouble in For(story.Patient.Story)) yield return Condition(story, trouble);
        if (story.Patient.IsMaria)
        {
            yield return Allergy(story, Penicillin);
            yield return Allergy(story, Latex);
        }
        else if (story.Patient.Number % 3 is not 1 || story.Patient.Story is CastStory.Slim) yield return Allergy(story, All[story.Patient.Number % All.Length]);
        else yield return NoKnownAllergy(story);
    }

    static StoryResource Condition(Story story, Trouble trouble)
    {
        var began = story.Cast.Today.AddDays(-(int)(trouble.YearsAgo * 365.25));
        if (began < story.Patient.BirthDate) began = story.Patient.BirthDate.AddDays(200);
        var recorded = story.At(began, 14, 10);
        var writer = story.Begin("Condition", "us-core-condition-problems-health-concerns", recorded)
            .Term("clinicalStatus", "condition-clinical", trouble.Resolved ? "resolved" : "active", trouble.Resolved ? "Resolved" : "Active")
            .Term("verificationStatus", "condition-ver-status", "confirmed", "Confirmed")
            .Term("category[]", "condition-category", "problem-list-item", "Problem List Item")
            .Concept("code", ResourceWriter.Icd10, trouble.Code, trouble.Name);
        story.Subject(writer).Date("onsetDateTime", began);
        if (trouble.Resolved) writer.Date("abatementDateTime", began.AddDays(21));
        return writer.Date("recordedDate", began).Reference("recorder", "Practitioner", story.Primary.Id, story.Primary.Name).End();
    }

    static StoryResource Allergy(Story story, Intolerance to)
    {
        var on = story.Cast.Today.AddDays(-1600);
        if (on < story.Patient.BirthDate) on = story.Patient.BirthDate.AddDays(240);
        return story.Begin("AllergyIntolerance", "us-core-allergyintolerance", story.At(on, 10, 0))
            .Term("clinicalStatus", "allergyintolerance-clinical", "active", "Active")
            .Term("verificationStatus", "allergyintolerance-verification", "confirmed", "Confirmed")
            .Text("type", "allergy").Strings("category", to.Category).Text("criticality", to.Criticality)
            .Concept("code", to.RxNorm is null ? null : ResourceWriter.RxNorm, to.RxNorm, to.Name)
            .Reference("patient", "Patient", story.Patient.Id, story.Patient.Name).Date("recordedDate", on)
            .Object("reaction[]", w => w.Concept("manifestation[]", null, null, to.Reaction).Text("severity", to.Severity)).End();
    }

    static StoryResource NoKnownAllergy(Story story) =>
        story.Begin("AllergyIntolerance", "us-core-allergyintolerance", story.At(story.Cast.Today.AddDays(-300), 10, 0))
            .Term("clinicalStatus", "allergyintolerance-clinical", "active", "Active")
            .Term("verificationStatus", "allergyintolerance-verification", "confirmed", "Confirmed")
            .Concept("code", ResourceWriter.Snomed, "716186003", "No known allergy")
            .Reference("patient", "Patient", story.Patient.Id, story.Patient.Name).End();
}
