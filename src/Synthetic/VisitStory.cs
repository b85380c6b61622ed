using System.Text;
using PatientPortal.Synthetic.Fhir;

namespace PatientPortal.Synthetic;

/// <summary>What every visit leaves behind: the encounter, vital signs, the clinician's note.</summary>
internal static class VisitStory
{
    /// <summary>Where blood pressure, weight and the rest come from and where they are now.</summary>
    record Course(double Systolic0, double Systolic1, double Diastolic0, double Diastolic1, double Weight0, double Weight1, double Height);

    public static IEnumerable<StoryResource> EncounterOnly(Story story)
    {
        yield return Encounter(story, story.Visits[0], story.NextId("Encounter"));
    }

    public static IEnumerable<StoryResource> Tell(Story story)
    {
        for (var v = 0; v < story.Visits.Count; v++)
        {
            var visit = story.Visits[v];
            var encounter = story.NextId("Encounter");
            yield return Encounter(story, visit, encounter);
            foreach (var sign in Signs(story, visit, encounter, v)) yield return sign;
            if (v < 8) yield return Note(story, visit, encounter);
        }
        if (story.AgeOn(story.Cast.Today) >= 13 && story.Visits.Count > 0) yield return Smoking(story, story.Visits[0]);
        if (story.Patient.Number is People.Maria or People.James && story.Visits.Count > 0) yield return Summary(story, story.Visits[0]);
    }

    static StoryResource Encounter(Story story, CastAppointment visit, Guid id)
    {
        var type = story.Cast.Plan.VisitTypes.First(t => t.Id == visit.VisitTypeId);
        var provider = story.Cast.Plan.ProviderOf(visit.ProviderId);
        var place = story.Cast.Plan.LocationOf(visit.LocationId);
        var writer = story.Begin("Encounter", id, "us-core-encounter", visit.End.AddHours(2)).Text("status", "finished")
            .Coding("class", ResourceWriter.Terms + "v3-ActCode", "AMB", "ambulatory").Concept("type[]", null, null, type.Name);
        return story.Subject(writer)
            .Object("participant[]", w => w.Term("type[]", "v3-ParticipationType", "PPRF", "primary performer").Reference("individual", "Practitioner", provider.Id, provider.Name))
            .Period(visit.Start, visit.End).Concept("reasonCode[]", null, null, visit.Reason)
            .Object("location[]", w => w.Reference("location", "Location", place.Id, place.Name))
            .Reference("serviceProvider", "Organization", story.Cast.Plan.Clinic.Id, story.Cast.Plan.Clinic.Name).End();
    }

    static Course CourseOf(Story story)
    {
        var seed = Seed.Of("course", story.Patient.Number);
        var height = story.Patient.Sex is "female" ? 163 + seed.Below(10) : 174 + seed.Below(12);
        var weight = height - 100 + seed.Below(14);
        return story.Patient.Story switch
        {
            CastStory.Metabolic => new(154, 128, 96, 82, 84, 77.5, 164),
            CastStory.Hypertension => new(158, 136, 98, 86, weight + 12, weight + 10, height),
            CastStory.Diabetes => new(138, 130, 86, 80, weight + 18, weight + 12, height),
            CastStory.Elder => new(148, 134, 80, 72, weight, weight - 4, height - 3),
            CastStory.HeartFailure => new(112, 116, 70, 72, weight + 6, weight + 2, height),
            CastStory.Pregnancy => new(112, 118, 70, 74, weight - 4, weight + 7, height),
            _ => new(118, 120, 76, 77, weight, weight + 2, height),
        };
    }

    static IEnumerable<StoryResource> Signs(Story story, CastAppointment visit, Guid encounter, int v)
    {
        var seed = Seed.Of("signs", story.Patient.Number, v);
        var now = story.Visits.Count is 1 ? 1 : 1 - (double)v / (story.Visits.Count - 1);
        var age = story.AgeOn(visit.Date);
        var (height, weight) = Size(story, visit.Date, now, ref seed);
        double Between(double from, double to, double spread, ref Seed s) => from + (to - from) * now + (v is 0 ? 0 : s.Around(0, spread));

        if (age >= 3)
        {
            var course = CourseOf(story);
            var child = age < 16;
            var systolic = child ? seed.Around(100, 6) : Between(course.Systolic0, course.Systolic1, 9, ref seed);
            var diastolic = child ? seed.Around(62, 5) : Between(course.Diastolic0, course.Diastolic1, 6, ref seed);
            yield return Pressure(story, visit, encounter, Math.Round(systolic), Math.Round(diastolic));
        }
        yield return Sign(story, visit, encounter, "8867-4", "Heart rate", seed.Around(age < 3 ? 118 : age < 12 ? 92 : 74, 9), 0, "beats per minute", "/min", "us-core-heart-rate");
        yield return Sign(story, visit, encounter, "9279-1", "Breathing rate", seed.Around(age < 3 ? 30 : age < 12 ? 21 : 15, 2), 0, "breaths per minute", "/min", "us-core-respiratory-rate");
        yield return Sign(story, visit, encounter, "8310-5", "Body temperature", seed.Around(36.8, 0.25), 1, "°C", "Cel", "us-core-body-temperature");
        yield return Sign(story, visit, encounter, "29463-7", "Weight", weight, 1, "kg", "kg", "us-core-body-weight");
        if (v % 4 is 0 || age < 18)
        {
            yield return Sign(story, visit, encounter, "8302-2", "Height", height, 0, "cm", "cm", "us-core-body-height");
            if (age >= 2) yield return Sign(story, visit, encounter, "39156-5", "Body mass index", weight / (height / 100) / (height / 100), 1, "kg/m²", "kg/m2", "us-core-bmi");
        }
        if (story.Patient.Story is CastStory.Asthma or CastStory.HeartFailure or CastStory.Elder or CastStory.Teen)
            yield return Sign(story, visit, encounter, "59408-5", "Oxygen saturation", Math.Min(100, seed.Around(97, 1.5)), 0, "%", "%", "us-core-pulse-oximetry", "2708-6");
    }

    static (double Height, double Weight) Size(Story story, DateOnly date, double now, ref Seed seed)
    {
        var years = (date.DayNumber - story.Patient.BirthDate.DayNumber) / 365.25;
        if (years < 2) return (50 + 26 * Math.Sqrt(years), 3.4 + 6.4 * Math.Sqrt(years));
        if (years < 16) return (87 + (years - 2) * 6.2, 12.5 + (years - 2) * 3.1);
        var course = CourseOf(story);
        return (course.Height, course.Weight0 + (course.Weight1 - course.Weight0) * now + seed.Around(0, 0.8));
    }

    static ResourceWriter Vital(Story story, CastAppointment visit, Guid encounter, string profile)
    {
        var writer = story.Begin("Observation", profile, visit.Start.AddMinutes(8)).Text("status", "final")
            .Term("category[]", "observation-category", "vital-signs", "Vital Signs");
        return story.Subject(writer).Reference("encounter", "Encounter", encounter).Instant("effectiveDateTime", visit.Start.AddMinutes(5))
            .Reference("performer[]", "Practitioner", visit.ProviderId);
    }

    static StoryResource Sign(Story story, CastAppointment visit, Guid encounter, string code, string name, double value, int decimals, string unit, string ucum, string profile, string? also = null)
    {
        var writer = Vital(story, visit, encounter, profile);
        if (also is null) writer.Concept("code", ResourceWriter.Loinc, code, name);
        else
            writer.Object("code", w => w.List("coding",
                c => c.Text("system", ResourceWriter.Loinc).Text("code", code).Text("display", name),
                c => c.Text("system", ResourceWriter.Loinc).Text("code", also).Text("display", name)).Text("text", name));
        return writer.Quantity("valueQuantity", Math.Round((decimal)value, decimals), unit, ucum).End();
    }

    static StoryResource Pressure(Story story, CastAppointment visit, Guid encounter, double systolic, double diastolic) =>
        Vital(story, visit, encounter, "us-core-blood-pressure").Concept("code", ResourceWriter.Loinc, "85354-9", "Blood pressure")
            .List("component",
                w => w.Concept("code", ResourceWriter.Loinc, "8480-6", "Systolic blood pressure").Quantity("valueQuantity", (decimal)systolic, "mmHg", "mm[Hg]"),
                w => w.Concept("code", ResourceWriter.Loinc, "8462-4", "Diastolic blood pressure").Quantity("valueQuantity", (decimal)diastolic, "mmHg", "mm[Hg]")).End();

    static StoryResource Smoking(Story story, CastAppointment visit)
    {
        var writer = story.Begin("Observation", "us-core-smokingstatus", visit.Start.AddMinutes(9)).Text("status", "final")
            .Term("category[]", "observation-category", "social-history", "Social History")
            .Concept("code", ResourceWriter.Loinc, "72166-2", "Tobacco smoking status");
        return story.Subject(writer).Instant("effectiveDateTime", visit.Start.AddMinutes(6))
            .Concept("valueCodeableConcept", ResourceWriter.Snomed, "266919005", "Never smoked tobacco").End();
    }

    static StoryResource Note(Story story, CastAppointment visit, Guid encounter)
    {
        var provider = story.Cast.Plan.ProviderOf(visit.ProviderId);
        var medicines = string.Join(", ", story.Patient.Medications.Where(m => m.Status is "active" && m.AuthoredOn <= visit.Date).Select(m => m.Name));
        var text = $"""
            Progress note
            {visit.Date:dddd, MMMM d, yyyy}, {story.Cast.Plan.LocationOf(visit.LocationId).Name}

            Reason: {visit.Reason}.
            {story.Patient.Given} is well and has no new complaints today. Sleep and appetite are good.
            Examination: heart sounds regular, lungs clear, no swelling of the ankles.
            Medicines now: {(medicines.Length is 0 ? "none" : medicines)}.
            Plan: go on as before. Come back for the next visit as planned, sooner if anything changes.

            {provider.Name}
            """;
        return Document(story, visit, encounter, provider, "11506-3", "Progress note", "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));
    }

    static StoryResource Summary(Story story, CastAppointment visit)
    {
        var pdf = SmallPdf.Make("After-visit summary", [
            $"Visit of {visit.Date:MMMM d, yyyy} at Riverside Clinic", "", "What we talked about:", "- How the treatment is going", "- The next blood test", "",
            "What to do next:", "- Keep taking your medicines as prescribed", "- Walk half an hour on most days", "", "Questions? Write to your care team in the portal."]);
        return Document(story, visit, StableId.Of("Encounter", story.Patient.Number, 0), story.Cast.Plan.ProviderOf(visit.ProviderId), "34133-9", "After-visit summary", "application/pdf", pdf);
    }

    static StoryResource Document(Story story, CastAppointment visit, Guid encounter, CastProvider provider, string code, string name, string contentType, byte[] content)
    {
        var signed = visit.End.AddMinutes(50);
        var writer = story.Begin("DocumentReference", "us-core-documentreference", signed).Text("status", "current").Text("docStatus", "final")
            .Concept("type", ResourceWriter.Loinc, code, name)
            .Object("category[]", w => w.List("coding", c => c.Text("system", "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category")
                .Text("code", "clinical-note").Text("display", "Clinical Note")));
        return story.Subject(writer).Instant("date", signed).Reference("author[]", "Practitioner", provider.Id, provider.Name)
            .Object("content[]", w => w.Object("attachment", a => a.Text("contentType", contentType).Base64("data", content).Text("title", name).Instant("creation", signed))
                .Coding("format", "http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode", "urn:ihe:iti:xds:2017:mimeTypeSufficient", "mimeType Sufficient"))
            .Object("context", w => w.Reference("encounter[]", "Encounter", encounter).Period(visit.Start, visit.End)).End();
    }
}
