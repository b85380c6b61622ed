using PatientPortal.Synthetic.Fhir;

namespace PatientPortal.Synthetic;

/// <summary>Laboratory reports with their observations, oldest visit last.</summary>
internal static class LabStory
{
    /// <param name="Now">1 for the newest of its kind, 0 for the oldest: where on the patient's course it lies.</param>
    record Draw(DateOnly Date, Panel Panel, double Now, string Status = "final", string? Comment = null);

    public static IEnumerable<StoryResource> Tell(Story story)
    {
        foreach (var draw in Draws(story))
            foreach (var resource in Report(story, draw)) yield return resource;
    }

    /// <summary>What is drawn before the visits of a story: each panel with "every nth visit".</summary>
    static (Panel Panel, int Every)[] For(CastStory story) => story switch
    {
        CastStory.Metabolic => [(Labs.Lipid, 1), (Labs.HemoglobinA1c, 1), (Labs.Basic, 1), (Labs.BloodCount, 4), (Labs.UrineAlbumin, 4), (Labs.VitaminB12, 6)],
        CastStory.Hypertension => [(Labs.Basic, 2), (Labs.Lipid, 3), (Labs.BloodCount, 6)],
        CastStory.Diabetes => [(Labs.HemoglobinA1c, 1), (Labs.Basic, 1), (Labs.Lipid, 4), (Labs.UrineAlbumin, 4), (Labs.BloodCount, 4)],
        CastStory.Asthma => [(Labs.BloodCount, 3)],
        CastStory.Pregnancy => [(Labs.Urine, 1), (Labs.BloodCount, 2)],
        CastStory.Thyroid => [(Labs.Thyroid, 1), (Labs.BloodCount, 2), (Labs.Ferritin, 2)],
        CastStory.Depression => [(Labs.Thyroid, 4), (Labs.BloodCount, 4)],
        CastStory.Elder => [(Labs.Clotting, 1), (Labs.Comprehensive, 3), (Labs.BloodCount, 3), (Labs.Thyroid, 6), (Labs.VitaminB12, 6)],
        CastStory.HeartFailure => [(Labs.Basic, 1), (Labs.Natriuretic, 2), (Labs.Lipid, 6), (Labs.BloodCount, 6)],
        CastStory.Pain => [(Labs.CReactive, 2)],
        CastStory.Teen or CastStory.Child or CastStory.Infant => [(Labs.BloodCount, 3)],
        _ => [(Labs.Lipid, 1), (Labs.Comprehensive, 1), (Labs.BloodCount, 2)],
    };

    static IEnumerable<Draw> Draws(Story story)
    {
        var today = story.Cast.Today;
        switch (story.Patient.Story)
        {
            case CastStory.Slim:
                for (var k = 0; k < 5; k++)
                    yield return new(Story.LabDay(today.AddDays(-20 - k * 70)), k < 3 ? Labs.Comprehensive : Labs.BloodCount, 1 - k / 5.0);
                yield break;
            case CastStory.Long:
                for (var k = 0; k < 70; k++)
                {
                    var day = Story.LabDay(today.AddDays(-3 - k * 21));
                    yield return new(day, Labs.Lipid, 1 - k / 70.0);
                    yield return new(day, Labs.HemoglobinA1c, 1 - k / 70.0);
                    yield return new(day, Labs.Basic, 1 - k / 70.0);
                }
                yield break;
        }
        var maria = story.Patient.IsMaria;
        if (maria)
        {
            // The newest ones, those of the home page: one value out of range, one report still preliminary.
            var newest = Story.LabDay(today.AddDays(-2));
            yield return new(newest, Labs.Lipid, 1, Comment: "Your LDL came down nicely since August, and is still a little above where we want it. Keep going with the walking. We will look at it together at your visit.");
            yield return new(newest, Labs.HemoglobinA1c, 1, Comment: "Your A1c is in range. Well done: what you changed is working.");
            yield return new(today.AddDays(-1), Labs.Urine, 1, "preliminary");
        }
        for (var v = 0; v < story.Visits.Count; v++)
        {
            var now = maria ? 1 - (v + 1.0) / (story.Visits.Count + 1) : story.Visits.Count is 1 ? 1 : 1 - (double)v / (story.Visits.Count - 1);
            var day = Story.LabDay(story.Visits[v].Date.AddDays(-3));
            if (day < story.Patient.BirthDate) continue;
            foreach (var (panel, every) in For(story.Patient.Story))
            {
                if (v % every != 0) continue;
                var corrected = v is 0 && panel == Labs.Basic && story.Patient.Number % 4 is 0;
                yield return new(day, panel, now, corrected ? "corrected" : "final",
                    corrected ? "Potassium was corrected by the laboratory; the first report had a misread value." : null);
            }
        }
    }

    static IEnumerable<StoryResource> Report(Story story, Draw draw)
    {
        var seed = Seed.Of("lab" + draw.Panel.Code, story.Patient.Number, (int)(draw.Now * 1000));
        var collected = story.At(draw.Date, 7 + seed.Below(3), seed.Below(60));
        var issued = draw.Status is "preliminary" ? collected.AddHours(3) : collected.AddHours(9);
        var ids = new Guid[draw.Panel.Analytes.Length];
        var outside = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = story.NextId("Observation");
            yield return Observation(story, draw, draw.Panel.Analytes[i], ids[i], collected, issued, ref seed, ref outside);
        }
        var writer = story.Begin("DiagnosticReport", "us-core-diagnosticreport-lab", issued).Text("status", draw.Status)
            .Term("category[]", "v2-0074", "LAB", "Laboratory").Concept("code", ResourceWriter.Loinc, draw.Panel.Code, draw.Panel.Name);
        story.Subject(writer).Instant("effectiveDateTime", collected).Instant("issued", issued)
            .Reference("performer[]", "Organization", story.Cast.Plan.Clinic.Id, "Riverside Clinic laboratory")
            .Reference("resultsInterpreter[]", "Practitioner", story.Primary.Id, story.Primary.Name)
            .References("result", "Observation", ids);
        if (CommentOn(draw, outside, ref seed) is { } comment) writer.Text("conclusion", comment);
        yield return writer.End();
    }

    static string? CommentOn(Draw draw, int outside, ref Seed seed) =>
        draw.Comment ?? (draw.Status is not "final" || seed.Chance(0.55) ? null : outside switch
        {
            0 => "All values are in range. No changes.",
            1 => "One value is a little outside its range. We will look at it again at your next visit.",
            _ => "Some values are outside their range, as before. We talk about it at your visit.",
        });

    static StoryResource Observation(Story story, Draw draw, Analyte analyte, Guid id, DateTimeOffset collected, DateTimeOffset issued, ref Seed seed, ref int outside)
    {
        var writer = story.Begin("Observation", id, "us-core-observation-lab", issued).Text("status", draw.Status)
            .Term("category[]", "observation-category", "laboratory", "Laboratory").Concept("code", ResourceWriter.Loinc, analyte.Code, analyte.Name);
        story.Subject(writer).Instant("effectiveDateTime", collected).Instant("issued", issued)
            .Reference("performer[]", "Organization", story.Cast.Plan.Clinic.Id, "Riverside Clinic laboratory");
        if (analyte.Word is { } word)
        {
            if (analyte.Code is "5778-6" or "5767-9") writer.Text("valueString", word);
            else writer.Concept("valueCodeableConcept", null, null, seed.Chance(0.12) ? "Trace" : word);
            return writer.Object("referenceRange[]", w => w.Text("text", analyte.RangeText!)).End();
        }
        var (value, comparator) = Measured(story.Patient, analyte, draw.Now, ref seed);
        writer.Quantity("valueQuantity", value, analyte.Unit, analyte.Ucum, comparator);
        var flag = (double)value < analyte.Low ? "L" : (double)value > analyte.High ? "H" : "N";
        if (flag is not "N") outside++;
        writer.Term("interpretation[]", "v3-ObservationInterpretation", flag, flag switch { "L" => "Low", "H" => "High", _ => "Normal" });
        if (draw.Status is "corrected" && analyte.Code is "2823-3") writer.Object("note[]", w => w.Text("text", "Corrected report: the value first sent was misread."));
        return writer.Object("referenceRange[]", w =>
        {
            if (analyte.Low is { } low) w.Quantity("low", (decimal)low, analyte.Unit, analyte.Ucum);
            if (analyte.High is { } high) w.Quantity("high", (decimal)high, analyte.Unit, analyte.Ucum);
            w.Text("text", analyte.RangeText ?? (analyte.High is null ? $"above {analyte.Low}" : $"{analyte.Low} to {analyte.High}"));
        }).End();
    }

    static (decimal Value, string? Comparator) Measured(CastPatient patient, Analyte analyte, double now, ref Seed seed)
    {
        var value = CourseOf(patient, analyte.Code) is { } course
            ? course.From + (course.To - course.From) * now + (now is 1 ? 0 : seed.Around(0, analyte.Spread))
            : Healthy(patient, analyte, ref seed);
        if (value < analyte.Floor) return ((decimal)analyte.Floor.Value, "<");
        if (value > analyte.Ceiling) return ((decimal)analyte.Ceiling.Value, ">");
        return (Math.Round((decimal)value, analyte.Decimals), null);
    }

    static double Healthy(CastPatient patient, Analyte analyte, ref Seed seed)
    {
        // Each person has a level of their own, from which single values stray a little.
        var own = Seed.Of(analyte.Code, patient.Number);
        return seed.Around(own.Around(analyte.Mean, analyte.Spread), analyte.Spread * 0.6);
    }

    static (double From, double To)? CourseOf(CastPatient patient, string code) => (patient.Story, code) switch
    {
        (CastStory.Metabolic or CastStory.Long, "13457-7") => (176, 118),
        (CastStory.Metabolic or CastStory.Long, "2085-9") => (46, 52),
        (CastStory.Metabolic or CastStory.Long, "2571-8") => (212, 131),
        (CastStory.Metabolic or CastStory.Long, "2093-3") => (258, 196),
        (CastStory.Metabolic or CastStory.Long, "4548-4") => (7.6, 5.6),
        (CastStory.Metabolic or CastStory.Long, "2345-7") => (148, 104),
        (CastStory.Metabolic, "14959-1") => (48, 18),
        (CastStory.Diabetes, "4548-4") => (8.9, 7.2),
        (CastStory.Diabetes, "2345-7") => (188, 139),
        (CastStory.Diabetes, "14959-1") => (64, 38),
        (CastStory.Hypertension, "13457-7") => (148, 112),
        (CastStory.Thyroid, "3016-3") => (9.4, 2.6),
        (CastStory.Elder, "98979-8") => (66, 54),
        (CastStory.Elder, "2160-0") => (0.98, 1.14),
        (CastStory.HeartFailure, "33762-6") => (1480, 520),
        (CastStory.HeartFailure, "2160-0") => (1.02, 1.19),
        (CastStory.Pregnancy, "718-7") => (12.9, 11.4),
        (CastStory.Pain, "1988-5") => (14, 0.4),
        _ => null,
    };
}
