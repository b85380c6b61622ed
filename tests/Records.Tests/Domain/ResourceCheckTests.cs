using PatientPortal.Records.Domain.Fhir;

namespace PatientPortal.Records.Tests.Domain;

public class ResourceCheckTests
{
    static Fault? Check(string type, string members)
    {
        using var document = JsonDocument.Parse($$"""{"resourceType":"{{type}}","id":"x"{{(members.Length > 0 ? "," : "")}}{{members}}}""");
        return ResourceCheck.Of(type, "x", document.RootElement);
    }

    [Theory]
    [InlineData("Observation", "\"code\":{\"text\":\"a\"}", "Observation.status")]
    [InlineData("Observation", "\"status\":\"final\"", "Observation.code")]
    [InlineData("Observation", "\"status\":\"done\",\"code\":{\"text\":\"a\"}", "Observation.status")]
    [InlineData("Observation", "\"status\":\"final\",\"code\":\"a\"", "Observation.code")]
    [InlineData("Observation", "\"status\":\"final\",\"code\":{\"text\":\"a\"},\"valueQuantity\":{\"value\":\"7\"}", "Observation.valueQuantity.value")]
    [InlineData("Observation", "\"status\":\"final\",\"code\":{\"text\":\"a\"},\"valueString\":\"a\",\"valueInteger\":1", "Observation.value[x]")]
    [InlineData("Observation", "\"status\":\"final\",\"code\":{\"text\":\"a\"},\"effectiveDateTime\":\"yesterday\"", "Observation.effectiveDateTime")]
    [InlineData("Observation", "\"status\":\"final\",\"code\":{\"text\":\"a\"},\"component\":[{}]", "Observation.component[0].code")]
    [InlineData("Observation", "\"status\":\"final\",\"code\":{\"text\":\"a\"},\"category\":{\"text\":\"a\"}", "Observation.category")]
    [InlineData("Observation", "\"status\":\"final\",\"code\":{\"text\":\"a\"},\"meta\":{\"lastUpdated\":\"2020\"}", "Observation.meta.lastUpdated")]
    [InlineData("Condition", "\"code\":{\"text\":\"a\"}", "Condition.subject")]
    [InlineData("Immunization", "\"status\":\"completed\",\"vaccineCode\":{\"text\":\"a\"},\"patient\":{\"reference\":\"Patient/1\"}", "Immunization.occurrence[x]")]
    [InlineData("DocumentReference", "\"status\":\"current\",\"content\":[]", "DocumentReference.content")]
    [InlineData("DocumentReference", "\"status\":\"current\",\"content\":[{}]", "DocumentReference.content[0].attachment")]
    [InlineData("Encounter", "\"status\":\"finished\"", "Encounter.class")]
    public void what_r4_requires_is_named_when_it_is_missing_or_wrong(string type, string members, string element) => Check(type, members)!.Value.Element.ShouldBe(element);

    [Theory]
    [InlineData("Observation", "\"status\":\"final\",\"code\":{}")]
    [InlineData("Condition", "\"subject\":{\"display\":\"somebody\"}")]
    [InlineData("CareTeam", "")]
    [InlineData("Basic", "\"anything\":1")]
    public void what_r4_leaves_open_is_taken(string type, string members) => Check(type, members).ShouldBeNull();

    [Fact]
    public void a_fault_never_repeats_what_stands_in_the_resource() =>
        Check("Observation", "\"status\":\"positive for something\",\"code\":{\"text\":\"a\"}")!.Value.Reason.ShouldNotContain("positive");
}
