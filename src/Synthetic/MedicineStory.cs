using PatientPortal.Synthetic.Fhir;

namespace PatientPortal.Synthetic;

/// <summary>Prescriptions and what was dispensed from them.</summary>
internal static class MedicineStory
{
    public static IEnumerable<StoryResource> Tell(Story story)
    {
        foreach (var medicine in story.Patient.Medications)
        {
            yield return Request(story, medicine);
            foreach (var fill in medicine.Fills) yield return Dispense(story, medicine, fill);
        }
    }

    static StoryResource Request(Story story, CastMedication medicine)
    {
        var prescriber = story.Cast.Plan.ProviderOf(medicine.PrescriberId);
        var writer = story.Begin("MedicationRequest", medicine.Id, "us-core-medicationrequest", story.At(medicine.AuthoredOn, 16, 0))
            .Text("status", medicine.Status).Text("intent", "order").Term("category[]", "medicationrequest-category", "community", "Community").Flag("reportedBoolean", false);
        Medicine(writer, medicine);
        if (medicine.Schedule is not null)
            writer.Object("note[]", w => w.Text("text", "Controlled substance, schedule II: no refills."));
        return story.Subject(writer).Date("authoredOn", medicine.AuthoredOn).Reference("requester", "Practitioner", prescriber.Id, prescriber.Name)
            .Concept("reasonCode[]", null, null, medicine.Reason)
            .Object("dosageInstruction[]", w => w.Text("text", medicine.Dosage))
            .Object("dispenseRequest", w => w
                .Object("validityPeriod", p => p.Date("start", medicine.AuthoredOn).Date("end", medicine.ValidUntil))
                .Number("numberOfRepeatsAllowed", medicine.Repeats)
                .Object("quantity", q => q.Number("value", medicine.Quantity).Text("unit", medicine.Unit))
                .Quantity("expectedSupplyDuration", medicine.DaysSupply, "days", "d")).End();
    }

    static StoryResource Dispense(Story story, CastMedication medicine, CastFill fill)
    {
        var handed = story.At(fill.On, 16, 30);
        var writer = story.Begin("MedicationDispense", fill.Id, "us-core-medicationdispense", handed).Text("status", "completed");
        Medicine(writer, medicine);
        return story.Subject(writer)
            .Object("performer[]", w => w.Object("actor", a => a.Text("display", story.Cast.Plan.Pharmacies[0].Name)))
            .Reference("authorizingPrescription[]", "MedicationRequest", medicine.Id)
            .Term("type", "v3-ActCode", fill == medicine.Fills[0] ? "FF" : "RF", fill == medicine.Fills[0] ? "First Fill" : "Refill")
            .Object("quantity", q => q.Number("value", medicine.Quantity).Text("unit", medicine.Unit))
            .Quantity("daysSupply", medicine.DaysSupply, "days", "d").Instant("whenHandedOver", handed)
            .Object("dosageInstruction[]", w => w.Text("text", medicine.Dosage)).End();
    }

    static void Medicine(ResourceWriter writer, CastMedication medicine) =>
        writer.Concept("medicationCodeableConcept", medicine.RxNorm is null ? null : ResourceWriter.RxNorm, medicine.RxNorm, medicine.Name);
}
