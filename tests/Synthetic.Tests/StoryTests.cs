using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace PatientPortal.Synthetic.Tests;

public sealed class StoryTests
{
    static readonly DateTimeOffset Sunday = new(2026, 11, 22, 15, 0, 0, TimeSpan.Zero);

    static readonly Dictionary<string, string[]> Required = new()
    {
        ["Encounter"] = ["status", "class", "type", "subject"], ["Condition"] = ["code", "subject", "clinicalStatus", "category"],
        ["AllergyIntolerance"] = ["code", "patient"], ["Immunization"] = ["status", "vaccineCode", "patient", "occurrenceDateTime"],
        ["Procedure"] = ["status", "code", "subject"], ["Observation"] = ["status", "category", "code", "subject", "effectiveDateTime"],
        ["DiagnosticReport"] = ["status", "category", "code", "subject", "issued", "result"], ["DocumentReference"] = ["status", "type", "category", "subject", "content"],
        ["CareTeam"] = ["subject", "participant"], ["CarePlan"] = ["text", "status", "intent", "category", "subject"], ["Goal"] = ["lifecycleStatus", "description", "subject"],
        ["MedicationRequest"] = ["status", "intent", "medicationCodeableConcept", "subject", "authoredOn", "requester", "dosageInstruction"],
        ["MedicationDispense"] = ["status", "medicationCodeableConcept", "subject", "whenHandedOver"],
        ["Organization"] = ["active", "name"], ["Location"] = ["status", "name"], ["Practitioner"] = ["identifier", "name"], ["PractitionerRole"] = ["practitioner", "organization"],
        ["Patient"] = ["identifier", "name", "gender", "birthDate"],
    };

    [Fact]
    public void every_resource_has_what_its_profile_requires_and_every_reference_resolves()
    {
        var cast = Cast.Of(Sunday);
        var all = cast.ClinicResources().Concat(cast.Patients.Select(cast.PatientResource)).Concat(cast.Patients.SelectMany(cast.StoryOf)).ToList();
        var known = all.Select(r => $"{r.Type}/{r.Id}").ToHashSet();
        known.Count.ShouldBe(all.Count);
        foreach (var resource in all)
        {
            using var json = JsonDocument.Parse(resource.Json);
            var root = json.RootElement;
            root.GetProperty("resourceType").GetString().ShouldBe(resource.Type);
            root.GetProperty("id").GetString().ShouldBe(resource.Id);
            Guid.TryParse(resource.Id, out _).ShouldBeTrue();
            foreach (var name in Required[resource.Type]) root.TryGetProperty(name, out _).ShouldBeTrue($"{resource.Type}.{name}");
            foreach (var reference in References(root)) known.Contains(reference).ShouldBeTrue(reference);
            if (root.TryGetProperty("issued", out var issued)) (issued.GetDateTimeOffset() < cast.Now).ShouldBeTrue();
        }
        all.Select(r => r.Type).Distinct().Count().ShouldBe(Required.Count);
    }

    [Fact]
    public void maria_has_a_long_story_with_new_results()
    {
        var cast = Cast.Of(Sunday);
        var story = cast.StoryOf(cast.Patients[0]).ToList();
        story.Count.ShouldBeInRange(400, 1200);
        var reports = story.Where(r => r.Type == "DiagnosticReport").Select(r => JsonDocument.Parse(r.Json).RootElement).ToList();
        var lipids = reports.Where(r => r.GetProperty("code").GetProperty("text").GetString() == "Cholesterol panel").OrderByDescending(r => r.GetProperty("issued").GetDateTimeOffset()).ToList();
        (lipids[0].GetProperty("issued").GetDateTimeOffset() > cast.Now.AddDays(-4)).ShouldBeTrue();
        lipids[0].GetProperty("conclusion").GetString()!.ShouldContain("LDL");
        var ldl = lipids[0].GetProperty("result")[0].GetProperty("reference").GetString()!["Observation/".Length..];
        var observation = JsonDocument.Parse(story.Single(r => r.Id == ldl).Json).RootElement;
        observation.GetProperty("valueQuantity").GetProperty("value").GetDecimal().ShouldBe(118);
        observation.GetProperty("interpretation")[0].GetProperty("coding")[0].GetProperty("code").GetString().ShouldBe("H");
        reports.Select(r => r.GetProperty("status").GetString()).Distinct().Order().ShouldBe(["corrected", "final", "preliminary"]);
    }

    [Fact]
    public void some_results_are_below_or_above_what_can_be_measured()
    {
        var cast = Cast.Of(Sunday);
        var comparators = cast.Patients.SelectMany(cast.StoryOf).Where(r => r.Type == "Observation")
            .Select(r => JsonDocument.Parse(r.Json).RootElement)
            .Where(o => o.TryGetProperty("valueQuantity", out var value) && value.TryGetProperty("comparator", out _))
            .Select(o => o.GetProperty("valueQuantity").GetProperty("comparator").GetString()).Distinct().Order();
        comparators.ShouldBe(["<", ">"]);
    }

    [Fact]
    public void the_pdf_is_a_pdf()
    {
        var cast = Cast.Of(Sunday);
        var data = cast.StoryOf(cast.Patients[0]).Where(r => r.Type == "DocumentReference").Select(r => JsonDocument.Parse(r.Json).RootElement.GetProperty("content")[0].GetProperty("attachment"))
            .Single(a => a.GetProperty("contentType").GetString() == "application/pdf").GetProperty("data").GetBytesFromBase64();
        System.Text.Encoding.ASCII.GetString(data, 0, 8).ShouldBe("%PDF-1.4");
        System.Text.Encoding.ASCII.GetString(data).ShouldEndWith("%%EOF\n");
    }

    [Fact]
    public void a_whole_clinic_is_told_quickly()
    {
        var cast = Cast.Of(Sunday);
        _ = cast.Patients.Sum(p => cast.StoryOf(p).Count());
        var watch = Stopwatch.StartNew();
        var count = cast.Patients.Sum(p => cast.StoryOf(p).Count());
        TestContext.Current.TestOutputHelper!.WriteLine($"{count} resources in {watch.ElapsedMilliseconds} ms");
        count.ShouldBeGreaterThan(4000);
    }

    static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.NameEquals("reference") ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
