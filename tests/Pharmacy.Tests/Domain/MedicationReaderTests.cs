using System.Text;
using System.Text.Json;
using PatientPortal.Pharmacy.Domain;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.Domain;

public sealed class MedicationReaderTests
{
    static PrescriptionFacts Read(string json)
    {
        using var document = MedicationReader.Open("MedicationRequest", "m1", Encoding.UTF8.GetBytes(json));
        return MedicationReader.Prescription(document);
    }

    static string Request(string more) => $$"""
        {"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order","subject":{"reference":"Patient/p1"},{{more}}}
        """;

    const string Coded = "\"medicationCodeableConcept\":{\"text\":\"Lisinopril\"}";

    [Fact] public void a_text_is_the_name() => Read(Request(Coded)).Drug.ShouldBe(new("Lisinopril", null));

    [Fact] public void without_a_text_the_first_display_is_the_name() =>
        Read(Request("\"medicationCodeableConcept\":{\"coding\":[{\"code\":\"1\"},{\"display\":\"Lisinopril 10 MG\"}]}")).Drug.Name.ShouldBe("Lisinopril 10 MG");

    [Fact] public void without_any_words_the_code_is_the_name() =>
        Read(Request("\"medicationCodeableConcept\":{\"coding\":[{\"system\":\"http://www.nlm.nih.gov/research/umls/rxnorm\",\"code\":\"314076\"}]}")).Drug.Name.ShouldBe("RxNorm 314076");

    [Fact] public void a_contained_medication_names_it() =>
        Read(Request("\"contained\":[{\"resourceType\":\"Medication\",\"id\":\"med\",\"code\":{\"text\":\"Axid\"}}],\"medicationReference\":{\"reference\":\"#med\"}")).Drug.ShouldBe(new("Axid", null));

    [Theory]
    [InlineData("Medication/a1")]
    [InlineData("urn:uuid:a1")]
    [InlineData("https://example.org/fhir/Medication/a1")]
    public void a_reference_leads_to_the_medication_that_has_the_name(string reference) =>
        Read(Request($"\"medicationReference\":{{\"reference\":\"{reference}\"}}")).Drug.SubstanceId.ShouldBe("a1");

    [Fact] public void a_dosage_that_nobody_wrote_out_is_built() =>
        Read(Request(Coded + ",\"dosageInstruction\":[{\"timing\":{\"repeat\":{\"frequency\":2,\"period\":1,\"periodUnit\":\"d\"}},\"doseAndRate\":[{\"doseQuantity\":{\"value\":10,\"unit\":\"mL\"}}]}]")).Dosage.ShouldBe("10 mL, 2 times a day");

    [Fact] public void supply_in_weeks_is_days() =>
        Read(Request(Coded + ",\"dispenseRequest\":{\"expectedSupplyDuration\":{\"value\":4,\"code\":\"wk\"},\"numberOfRepeatsAllowed\":3}")).ShouldSatisfyAllConditions(f => f.DaysSupply.ShouldBe(28), f => f.Repeats.ShouldBe(3));

    [Theory]
    [InlineData("{\"resourceType\":\"MedicationRequest\",\"id\":\"m1\",\"intent\":\"order\"}", "MedicationRequest.status")]
    [InlineData("{\"resourceType\":\"MedicationRequest\",\"id\":\"m1\",\"status\":\"eaten\"}", "MedicationRequest.status")]
    [InlineData("{\"resourceType\":\"MedicationRequest\",\"id\":\"m1\",\"status\":\"active\"}", "MedicationRequest.intent")]
    [InlineData("{\"resourceType\":\"MedicationRequest\",\"id\":\"m1\",\"status\":\"active\",\"intent\":\"order\"}", "MedicationRequest.subject")]
    [InlineData("{\"resourceType\":\"MedicationRequest\",\"id\":\"m1\",\"status\":\"active\",\"intent\":\"order\",\"subject\":{}}", "MedicationRequest.medication[x]")]
    [InlineData("{\"resourceType\":\"MedicationRequest\",\"id\":\"m2\"}", "MedicationRequest.id")]
    [InlineData("{\"resourceType\":\"Patient\",\"id\":\"m1\"}", "MedicationRequest.resourceType")]
    [InlineData("[]", "MedicationRequest")]
    [InlineData("{\"resourceType\":", "MedicationRequest")]
    [InlineData("{\"resourceType\":7}", "MedicationRequest.resourceType")]
    public void what_is_not_a_prescription_names_the_element(string json, string element) => Should.Throw<ElementFault>(() => Read(json)).Element.ShouldBe(element);

    [Theory]
    [InlineData("\"authoredOn\":\"last week\"", "MedicationRequest.authoredOn")]
    [InlineData("\"authoredOn\":20260101", "MedicationRequest.authoredOn")]
    [InlineData("\"dosageInstruction\":\"twice\"", "MedicationRequest.dosageInstruction")]
    [InlineData("\"dosageInstruction\":[\"twice\"]", "MedicationRequest.dosageInstruction[0]")]
    [InlineData("\"dispenseRequest\":{\"numberOfRepeatsAllowed\":-1}", "MedicationRequest.dispenseRequest.numberOfRepeatsAllowed")]
    [InlineData("\"dispenseRequest\":{\"numberOfRepeatsAllowed\":\"3\"}", "MedicationRequest.dispenseRequest.numberOfRepeatsAllowed")]
    public void a_wrong_type_names_the_element(string more, string element) => Should.Throw<ElementFault>(() => Read(Request($"{Coded},{more}"))).Element.ShouldBe(element);

    [Fact]
    public void every_medication_of_the_sample_bundles_has_a_readable_name()
    {
        if (Folder() is not { } folder)
        {
            Assert.Skip("The sample bundles are not beside the repository.");
            return;
        }
        var (seen, names) = (0, new List<string>());
        foreach (var file in Directory.GetFiles(folder, "*.json"))
        {
            using var bundle = JsonDocument.Parse(File.ReadAllBytes(file));
            var substances = new Dictionary<string, string>();
            var drugs = new List<NamedDrug>();
            foreach (var resource in bundle.RootElement.GetProperty("entry").EnumerateArray().Select(e => e.GetProperty("resource")))
            {
                var (type, id) = (resource.GetProperty("resourceType").GetString()!, resource.GetProperty("id").GetString()!);
                if (!MedicationReader.Types.Contains(type)) continue;
                seen++;
                using var document = MedicationReader.Open(type, id, Encoding.UTF8.GetBytes(resource.GetRawText()));
                switch (type)
                {
                    case "Medication": substances[id] = MedicationReader.Substance(document); break;
                    case "MedicationRequest": drugs.Add(MedicationReader.Prescription(document).Drug); break;
                    case "MedicationDispense": drugs.Add(MedicationReader.Fill(document).Drug); break;
                }
            }
            names.AddRange(drugs.Select(d => d.Name ?? substances.GetValueOrDefault(d.SubstanceId!) ?? $"unnamed in {Path.GetFileName(file)}"));
        }
        seen.ShouldBeGreaterThan(40);
        names.ShouldAllBe(n => n.Length > 3 && !n.StartsWith("unnamed") && !n.StartsWith("RxNorm"));
    }

    internal static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared", "data", "fhir") is var folder && Directory.Exists(folder)) return folder;
        return null;
    }
}
