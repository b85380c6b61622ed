using PatientPortal.Synthetic.Fhir;

namespace PatientPortal.Synthetic;

/// <summary>Care team, vaccines, procedures, goals and plans.</summary>
internal static class CareStory
{
    public static IEnumerable<StoryResource> Slim(Story story)
    {
        yield return Team(story);
        yield return Vaccine(story, "140", "Influenza, seasonal, injectable, preservative free", story.Cast.Today.AddDays(-40));
    }

    public static IEnumerable<StoryResource> Tell(Story story)
    {
        yield return Team(story);
        foreach (var (cvx, name, on) in Vaccines(story))
            if (on > story.Patient.BirthDate && on < story.Cast.Today) yield return Vaccine(story, cvx, name, on);
        foreach (var (name, daysAgo) in Procedures(story)) yield return Procedure(story, name, story.Cast.Today.AddDays(-daysAgo));
        if (GoalOf(story.Patient.Story) is { } goal)
        {
            yield return Goal(story, goal);
            yield return Plan(story, goal);
        }
    }

    static StoryResource Team(Story story)
    {
        var nurse = story.Cast.Plan.Staff[1];
        var writer = story.Begin("CareTeam", "us-core-careteam", story.At(story.Cast.Today.AddDays(-365), 9, 0)).Text("status", "active").Text("name", "Care team of " + story.Patient.Name);
        return story.Subject(writer).List("participant",
            w => w.Concept("role[]", null, null, "Primary care clinician").Reference("member", "Practitioner", story.Primary.Id, story.Primary.Name),
            w => w.Concept("role[]", null, null, "Nurse").Object("member", m => m.Text("display", nurse.Name)),
            w => w.Concept("role[]", null, null, "Clinic").Reference("member", "Organization", story.Cast.Plan.Clinic.Id, story.Cast.Plan.Clinic.Name)).End();
    }

    static IEnumerable<(string Cvx, string Name, DateOnly On)> Vaccines(Story story)
    {
        var (today, birth) = (story.Cast.Today, story.Patient.BirthDate);
        var age = story.AgeOn(today);
        if (age < 18)
        {
            foreach (var (cvx, name, months) in ChildSeries) yield return (cvx, name, birth.AddDays(months * 30 + 3));
            if (age >= 12) yield return ("62", "HPV", birth.AddYears(11).AddDays(30));
        }
        else
        {
            yield return ("115", "Tetanus, diphtheria and whooping cough (Tdap)", today.AddDays(-1400));
            yield return ("208", "COVID-19, mRNA", today.AddDays(-1500));
            yield return ("208", "COVID-19, mRNA", today.AddDays(-1470));
            if (age >= 50) { yield return ("187", "Shingles (zoster, recombinant)", today.AddDays(-700)); yield return ("187", "Shingles (zoster, recombinant)", today.AddDays(-610)); }
            if (age >= 65) yield return ("133", "Pneumococcal conjugate (PCV13)", today.AddDays(-900));
        }
        for (var year = 0; year < Math.Min(4, age); year++) yield return ("140", "Influenza, seasonal", new DateOnly(today.Year - 1 - year, 10, 4 + story.Patient.Number % 20));
    }

    static readonly (string Cvx, string Name, int Months)[] ChildSeries =
    [
        ("08", "Hepatitis B", 0), ("08", "Hepatitis B", 2), ("20", "Diphtheria, tetanus and whooping cough (DTaP)", 2), ("49", "Hib", 2), ("10", "Polio (IPV)", 2), ("119", "Rotavirus", 2),
        ("20", "Diphtheria, tetanus and whooping cough (DTaP)", 4), ("49", "Hib", 4), ("10", "Polio (IPV)", 4), ("20", "Diphtheria, tetanus and whooping cough (DTaP)", 6),
        ("03", "Measles, mumps and rubella (MMR)", 12), ("21", "Chickenpox (varicella)", 12), ("03", "Measles, mumps and rubella (MMR)", 50),
    ];

    static StoryResource Vaccine(Story story, string cvx, string name, DateOnly on) =>
        story.Begin("Immunization", "us-core-immunization", story.At(on, 11, 20)).Text("status", "completed")
            .Concept("vaccineCode", ResourceWriter.Cvx, cvx, name).Reference("patient", "Patient", story.Patient.Id, story.Patient.Name)
            .Date("occurrenceDateTime", on).Flag("primarySource", true)
            .Reference("location", "Location", story.Primary.Templates[0].LocationId).End();

    static (string Name, int DaysAgo)[] Procedures(Story story) => story.Patient.Story switch
    {
        CastStory.Metabolic => [("Colonoscopy", 820), ("Eye examination for diabetes", 190)],
        CastStory.Diabetes => [("Eye examination for diabetes", 240), ("Foot examination for diabetes", 90)],
        CastStory.HeartFailure => [("Ultrasound of the heart (echocardiogram)", 150), ("Coronary stent", 1600)],
        CastStory.Elder => [("Bone density scan", 500), ("Cataract surgery, right eye", 1300)],
        CastStory.Pregnancy => [("Ultrasound of the pregnancy", 45)],
        CastStory.Pain => [("Arthroscopy of the knee", 22)],
        CastStory.Asthma => [("Breathing test (spirometry)", 210)],
        _ => [],
    };

    static StoryResource Procedure(Story story, string name, DateOnly on)
    {
        var writer = story.Begin("Procedure", "us-core-procedure", story.At(on, 15, 0)).Text("status", "completed").Concept("code", null, null, name);
        return story.Subject(writer).Date("performedDateTime", on)
            .Object("performer[]", w => w.Reference("actor", "Practitioner", story.Primary.Id, story.Primary.Name)).End();
    }

    static string? GoalOf(CastStory story) => story switch
    {
        CastStory.Metabolic => "LDL cholesterol below 100 mg/dL", CastStory.Diabetes => "Hemoglobin A1c below 7 %",
        CastStory.HeartFailure => "Weight stays within 2 kg", CastStory.Hypertension => "Blood pressure below 130 over 80", _ => null,
    };

    static StoryResource Goal(Story story, string goal)
    {
        var writer = story.Begin("Goal", "us-core-goal", story.At(story.Cast.Today.AddDays(-180), 9, 30)).Text("lifecycleStatus", "active").Concept("description", null, null, goal);
        return story.Subject(writer).Date("startDate", story.Cast.Today.AddDays(-180))
            .Object("target[]", w => w.Date("dueDate", story.Cast.Today.AddDays(120))).End();
    }

    static StoryResource Plan(Story story, string goal)
    {
        var writer = story.Begin("CarePlan", "us-core-careplan", story.At(story.Cast.Today.AddDays(-180), 9, 40))
            .Object("text", w => w.Text("status", "generated").Text("div",
                $"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Goal: {goal.Replace("<", "&lt;")}.</p><p>Walk half an hour on most days, take the medicines as prescribed, and come to the regular visits.</p></div>"))
            .Text("status", "active").Text("intent", "plan").Concept("category[]", "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", "Assessment and Plan of Treatment");
        return story.Subject(writer).Reference("goal[]", "Goal", StableId.Of("Goal", story.Patient.Number)).End();
    }
}
