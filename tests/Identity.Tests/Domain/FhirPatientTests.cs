using System.Text;
using System.Text.Json.Nodes;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.Domain;

public sealed class FhirPatientTests
{
    static readonly DateOnly Today = new(2026, 11, 22);

    static (FhirPatient? Patient, FhirFault? Fault) Read(string json) => FhirPatient.Read(Encoding.UTF8.GetBytes(json), Today);

    static string With(string element, string json)
    {
        var patient = JsonNode.Parse("""{"resourceType":"Patient","id":"p","name":[{"family":"Ordóñez","given":["Bernardo"]}],"birthDate":"1957-06-29"}""")!.AsObject();
        patient[element] = JsonNode.Parse(json);
        return patient.ToJsonString();
    }

    public static TheoryData<string, string, string, bool, string> Samples => new()
    {
        { "01-uscore-inferno-85.json", "Lucien408 Bosco882", "1940-03-29", true, "en" },
        { "02-uscore-inferno-client-test.json", "ClientTests USCore", "1940-03-29", false, "en" },
        { "03-uscore700-ig-amy-shaw.json", "Amy V. Baxter", "1987-02-20", false, "en" },
        { "04-uscore700-ig-infant.json", "Infant Example", "2020-06-02", false, "en" },
        { "05-synthea-infant-2020.json", "Luigi Wiegand", "2020-10-20", false, "en" },
        { "06-synthea-teen-greek-2007.json", "Janene Lind", "2007-03-02", false, "en" },
        { "07-synthea-adult-diabetes-goals-1968.json", "Tom Goodwin", "1968-04-30", false, "en" },
        { "08-synthea-adult-allergy-1974.json", "Patria Schimmel", "1974-05-21", false, "en" },
        { "09-synthea-spanish-deceased-1957.json", "Bernardo Ordóñez", "1957-06-29", true, "es" },
        { "10-synthea-elder-1937.json", "Gayla Ferry", "1937-06-03", false, "en" },
        { "11-synthea2025-allergies-1995.json", "Augustus49 Neville893 Emmerich580", "1995-12-30", false, "en" },
    };

    [Theory, MemberData(nameof(Samples))]
    public void every_real_bundle_names_its_patient(string file, string name, string birthDate, bool deceased, string language)
    {
        var path = SharedData.Find(Path.Combine("fhir", file));
        Assert.SkipWhen(path is null, "The shared sample bundles are not beside this clone.");

        var patient = SharedData.PatientsIn(path!).ShouldHaveSingleItem();
        var (read, fault) = FhirPatient.Read(patient, Today);

        fault.ShouldBeNull();
        read!.Name.ShouldBe(name);
        read.BirthDate.ToString("yyyy-MM-dd").ShouldBe(birthDate);
        read.IsDeceased.ShouldBe(deceased);
        read.Language.ShouldBe(language);
        read.Identifiers.ShouldNotBeEmpty();
    }

    [Fact]
    public void the_name_that_counts_today_is_taken() =>
        Read(With("name", """[{"use":"maiden","family":"Old","given":["Ann"]},{"use":"nickname","given":["Annie"]},{"use":"official","family":"Müller-李","given":["Ann","B2"]}]"""))
            .Patient!.Name.ShouldBe("Ann B2 Müller-李");

    [Fact]
    public void a_name_given_only_as_text_is_enough() => Read(With("name", """[{"text":"María  José\tdel Río"}]""")).Patient!.Name.ShouldBe("María José del Río");

    [Theory]
    [InlineData("birthDate", "null", "Patient.birthDate")]
    [InlineData("birthDate", "\"1957\"", "Patient.birthDate")]
    [InlineData("birthDate", "\"1957-02-30\"", "Patient.birthDate")]
    [InlineData("birthDate", "\"2027-01-01\"", "Patient.birthDate")]
    [InlineData("birthDate", "19570629", "Patient.birthDate")]
    [InlineData("name", "[]", "Patient.name")]
    [InlineData("name", "\"Bernardo\"", "Patient.name")]
    [InlineData("name", "[7]", "Patient.name")]
    [InlineData("name", "[{\"family\":7}]", "Patient.name.family")]
    [InlineData("name", "[{\"given\":\"Ann\"}]", "Patient.name.given")]
    [InlineData("gender", "5", "Patient.gender")]
    [InlineData("telecom", "{}", "Patient.telecom")]
    [InlineData("identifier", "[{\"system\":1,\"value\":\"x\"}]", "Patient.identifier.system")]
    [InlineData("deceasedBoolean", "\"yes\"", "Patient.deceasedBoolean")]
    [InlineData("resourceType", "\"Person\"", "Patient.resourceType")]
    public void what_is_wrong_is_named(string element, string json, string named) => Read(With(element, json)).Fault!.Element.ShouldBe(named);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"resourceType":"Patient","name":[{"family":"\ud800"}],"birthDate":"1957-06-29"}""")]
    public void broken_input_is_a_fault_and_not_a_crash(string json) => Read(json).Fault.ShouldNotBeNull();

    [Fact]
    public void a_hundred_levels_are_too_deep() =>
        Read(string.Concat(Enumerable.Repeat("{\"extension\":[", 100)) + string.Concat(Enumerable.Repeat("]}", 100))).Fault!.Element.ShouldBe("Patient");

    [Theory]
    [InlineData("deceasedBoolean", "true", true)]
    [InlineData("deceasedBoolean", "false", false)]
    [InlineData("deceasedDateTime", "\"1981-03-14T08:59:56+00:00\"", true)]
    [InlineData("deceasedDateTime", "\"1981\"", true)]
    public void death_is_read_in_either_form(string element, string json, bool deceased) => Read(With(element, json)).Patient!.IsDeceased.ShouldBe(deceased);

    [Fact]
    public void a_familys_member_number_identifies_nobody() =>
        Read(With("identifier", """[{"type":{"coding":[{"code":"MB"}]},"system":"urn:plan","value":"1"},{"system":"urn:mrn","value":"7"},{"value":"no system"}]"""))
            .Patient!.Identifiers.ShouldBe([new("urn:mrn", "7")]);

    [Fact]
    public void the_telephone_that_is_in_use_is_taken() =>
        Read(With("telecom", """[{"system":"phone","value":"1","use":"old"},{"system":"phone","value":"2","use":"home"},{"system":"phone","value":"3","use":"mobile"},{"system":"email","value":"b@example.org"}]"""))
            .Patient.ShouldSatisfyAllConditions(p => p!.Phone.ShouldBe("3"), p => p!.Email.ShouldBe("b@example.org"));
}
