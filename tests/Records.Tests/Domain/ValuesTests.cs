using FsCheck;
using FsCheck.Fluent;
using PatientPortal.Records.Domain.Fhir;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.Tests.Domain;

public class ValuesTests
{
    static ResultLine Line(string json)
    {
        using var document = JsonDocument.Parse($$"""{"resourceType":"Observation","id":"o","status":"final","code":{"text":"Test"},{{json}}}""");
        return SheetOf.FromObservation(Guid.Empty, document.RootElement, []).Values[0];
    }

    [Theory]
    [InlineData("\"valueQuantity\":{\"value\":5.0,\"unit\":\"mmol/L\"}", "5.0 mmol/L")]
    [InlineData("\"valueQuantity\":{\"value\":0.1,\"comparator\":\"<\",\"unit\":\"mIU/L\"}", "<0.1 mIU/L")]
    [InlineData("\"valueQuantity\":{\"value\":177.02079933771049,\"unit\":\"cm\"}", "177.0 cm")]
    [InlineData("\"valueQuantity\":{\"value\":0.0000123456,\"unit\":\"g\"}", "0.00001235 g")]
    [InlineData("\"valueQuantity\":{\"value\":61,\"unit\":\"%\"}", "61%")]
    [InlineData("\"valueQuantity\":{\"value\":7,\"code\":\"10*3/uL\"}", "7 thousand/µL")]
    [InlineData("\"valueCodeableConcept\":{\"coding\":[{\"code\":\"260385009\",\"display\":\"Negative (qualifier value)\"}]}", "Negative")]
    [InlineData("\"valueString\":\"Yellow\"", "Yellow")]
    [InlineData("\"valueBoolean\":true", "Yes")]
    [InlineData("\"valueInteger\":3", "3")]
    [InlineData("\"valueRatio\":{\"numerator\":{\"value\":1},\"denominator\":{\"value\":128}}", "1:128")]
    [InlineData("\"valueRange\":{\"low\":{\"value\":2},\"high\":{\"value\":4,\"unit\":\"/HPF\"}}", "2–4 /HPF")]
    public void a_value_reads_as_people_write_it(string json, string text) => Line(json).Text.ShouldBe(text);

    [Fact]
    public void the_api_keeps_every_digit() => Line("\"valueQuantity\":{\"value\":177.02079933771049,\"unit\":\"cm\"}").Value.ShouldBe(177.02079933771049m);

    [Theory]
    [InlineData("\"dataAbsentReason\":{\"coding\":[{\"code\":\"unknown\"}]}", "Not known")]
    [InlineData("\"dataAbsentReason\":{\"coding\":[{\"code\":\"not-performed\"}]}", "Not done")]
    [InlineData("\"note\":[]", "No value came with this test")]
    public void a_missing_value_says_why(string json, string why) => (Line(json).Text, Line(json).Absent).ShouldBe((null, why));

    [Theory]
    [InlineData("5.1", "", "{\"low\":{\"value\":3.5},\"high\":{\"value\":5.0}}", "High")]
    [InlineData("3.4", "", "{\"low\":{\"value\":3.5},\"high\":{\"value\":5.0}}", "Low")]
    [InlineData("5.0", "", "{\"low\":{\"value\":3.5},\"high\":{\"value\":5.0}}", "InRange")]
    [InlineData("99", "", "{\"text\":\"<100\"}", "InRange")]
    [InlineData("12", "", "{\"text\":\"4.0 - 11.0\"}", "High")]
    [InlineData("0.1", "<", "{\"high\":{\"value\":4}}", "InRange")]
    [InlineData("4", "<", "{\"low\":{\"value\":5},\"high\":{\"value\":9}}", "Low")]
    [InlineData("90", ">", "{\"low\":{\"value\":60}}", "InRange")]
    [InlineData("8", "<", "{\"low\":{\"value\":5},\"high\":{\"value\":9}}", null)]
    [InlineData("5", "", "{\"low\":{\"value\":38},\"high\":{\"value\":36}}", null)]
    [InlineData("5", "", "{\"text\":\"see report\"}", null)]
    [InlineData("5", "", "{\"high\":{\"value\":4,\"unit\":\"g/L\"}}", null)]
    public void a_number_is_held_against_the_range_that_came_with_it(string value, string comparator, string range, string? flag) =>
        Line($$"""
            "valueQuantity":{"value":{{value}},"unit":"mmol/L"{{(comparator.Length > 0 ? $",\"comparator\":\"{comparator}\"" : "")}}},"referenceRange":[{{range}}]
            """).Flag?.ToString().ShouldBe(flag);

    [Fact]
    public void R43_without_a_range_there_is_no_high_and_no_low() => Line("\"valueQuantity\":{\"value\":900,\"unit\":\"mg/dL\"}").Flag.ShouldBeNull();

    [Fact]
    public void of_several_ranges_none_is_compared()
    {
        var line = Line("""
            "valueQuantity":{"value":9},"referenceRange":[{"low":{"value":12},"high":{"value":16}},{"low":{"value":13},"high":{"value":17}}]
            """);
        (line.Flag, line.Range!.Text).ShouldBe((null, "12 to 16; 13 to 17"));
    }

    [Theory]
    [InlineData("HH", "CriticalHigh"), InlineData("POS", "Positive"), InlineData("ND", "NotDetected"), InlineData("N", "Normal"), InlineData("R", "Resistant")]
    public void the_laboratorys_own_word_comes_first(string code, string flag) =>
        Line($$"""
            "valueString":"x","interpretation":[{"coding":[{"code":"{{code}}"}]}]
            """).Flag.ToString().ShouldBe(flag);

    [Theory]
    [InlineData("Observation/a1", "Observation", "a1"), InlineData("urn:uuid:4b14", null, "4b14"), InlineData("https://ehr.example/fhir/Observation/a1/_history/2", "Observation", "a1")]
    public void a_reference_is_read(string text, string? type, string id) => Reference.Parse(text).ShouldBe(new Reference(type, id));

    [Theory]
    [InlineData("#inside"), InlineData("Practitioner?identifier=x|y"), InlineData("nonsense"), InlineData(""), InlineData("urn:oid:1.2")]
    public void what_names_nothing_here_is_no_reference(string text) => Reference.Parse(text).ShouldBeNull();

    [Fact]
    public void whatever_stands_in_a_resource_reading_it_is_no_exception()
    {
        var odd = Gen.Elements("null", "3", "\"\"", "\"x\"", "[]", "{}", "[null]", "[{}]", "true", "{\"coding\":3}", "{\"coding\":[3]}", "{\"value\":\"7\"}", "[[]]");
        var names = new[] { "status", "code", "category", "effectiveDateTime", "effectivePeriod", "valueQuantity", "valueCodeableConcept", "valueRatio", "component", "hasMember", "referenceRange", "interpretation", "note", "result", "presentedForm", "subject", "content", "participant", "reaction", "period", "class", "meta" };
        Prop.ForAll(Gen.ArrayOf(odd, names.Length).ToArbitrary(), values =>
        {
            using var document = JsonDocument.Parse("{" + string.Join(',', names.Zip(values, (n, v) => $"\"{n}\":{v}")) + "}");
            foreach (var type in new[] { "Observation", "Condition", "AllergyIntolerance", "Immunization", "Procedure", "Encounter", "DocumentReference", "CareTeam" })
                PatientPortal.Records.Domain.Chart.ChartItemOf.From(Guid.Empty, type, document.RootElement);
            SheetOf.FromReport(Guid.Empty, document.RootElement, [document.RootElement], false);
            return ResourceCheck.Of("Observation", "x", document.RootElement) is not null;
        }).QuickCheckThrowOnFailure();
    }
}
