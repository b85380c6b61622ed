using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using PatientPortal.Interop.Domain;
using PatientPortal.Interop.Domain.Bundles;
using Shouldly;
using Xunit;

namespace PatientPortal.Interop.Tests.Domain;

public sealed class BundleReaderTests
{
    static BundleReading Read(string json) => BundleReader.Read(Encoding.UTF8.GetBytes(json));

    static string Bundle(params string[] resources) =>
        $$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(',', resources.Select(r => $$"""{"resource":{{r}}}"""))}}]}""";

    static string Patient(string id, string? identifier = null) =>
        $$"""{"resourceType":"Patient","id":"{{id}}"{{(identifier is null ? "" : $$""","identifier":[{"system":"urn:s","value":"{{identifier}}"}]""")}}}""";

    static string Observation(string id, string subject = "Patient/p", string more = "") =>
        $$"""{"resourceType":"Observation","id":"{{id}}","subject":{"reference":"{{subject}}"}{{more}}}""";

    static Entry Last(string json)
    {
        var reading = Read(json);
        reading.Problem.ShouldBeNull();
        return reading.Entries[^1];
    }

    static void Quarantined(Entry entry, string element)
    {
        entry.IsQuarantined.ShouldBeTrue();
        entry.Element.ShouldBe(element);
        entry.Reason.ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("", "not_a_bundle")]
    [InlineData(" \r\n", "not_a_bundle")]
    [InlineData("{", "truncated")]
    [InlineData("""{"resourceType":"Bundle","type":"batch","entry":[{"resource":{"resourceType":"Pat""", "truncated")]
    [InlineData("<Bundle/>", "not_json")]
    [InlineData("{]", "not_json")]
    [InlineData("[]", "not_a_bundle")]
    [InlineData("\"Bundle\"", "not_a_bundle")]
    [InlineData("{}", "not_a_bundle")]
    [InlineData("""{"resourceType":"Fundle"}""", "not_a_bundle")]
    [InlineData("""{"resourceType":7}""", "not_a_bundle")]
    [InlineData("""{"resourceType":"Bundle"}""", "not_a_bundle")]
    [InlineData("""{"resourceType":"Bundle","type":"history"}""", "not_a_bundle")]
    [InlineData("""{"resourceType":"Bundle","type":{"a":1}}""", "not_a_bundle")]
    [InlineData("""{"resourceType":"Bundle","type":"batch","entry":{}}""", "not_a_bundle")]
    [InlineData("""{"resourceType":"Bundle","type":"batch","entry":[],"entry":[]}""", "not_a_bundle")]
    [InlineData("""{"resourceType":"Bundle","type":"batch","entry":[]} and more""", "not_json")]
    public void what_is_no_bundle_is_told_why(string json, string code)
    {
        var reading = Read(json);
        reading.Problem.ShouldNotBeNull().Code.ShouldBe(code);
        reading.Problem.Detail.ShouldNotBeNullOrWhiteSpace();
        reading.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void a_truncated_bundle_says_where_it_ends()
    {
        var whole = Bundle(Patient("p"), Observation("1"));
        Read(whole[..^20]).Problem!.Offset.ShouldBe(whole.Length - 20);
    }

    [Fact]
    public void bytes_that_are_not_utf8_are_told_by_place()
    {
        var bytes = Encoding.UTF8.GetBytes(Bundle(Patient("p")));
        bytes[40] = 0xC3;
        var problem = BundleReader.Read(bytes).Problem.ShouldNotBeNull();
        problem.Code.ShouldBe("not_utf8");
        problem.Offset.ShouldBe(40);
    }

    [Fact]
    public void utf16_is_told_from_broken_json() => BundleReader.Read(Encoding.Unicode.GetBytes(Bundle())).Problem!.Code.ShouldBe("not_utf8");

    [Fact]
    public void a_byte_order_mark_is_passed_over_and_slices_stay_exact()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Bundle(Patient("p")))];
        var entry = BundleReader.Read(bytes).Entries.ShouldHaveSingleItem();
        Encoding.UTF8.GetString(bytes, entry.Start, entry.Length).ShouldBe(Patient("p"));
    }

    [Fact]
    public void a_resource_is_sliced_byte_for_byte()
    {
        const string odd = "{ \"id\" : \"p\",\n\t\"name\":[{\"family\":\"Ordóñez \\u00e9 \\ud83d\\ude00\"}], \"resourceType\":\"Patient\" }";
        var json = Bundle(odd, Observation("1"));
        var bytes = Encoding.UTF8.GetBytes(json);
        var entry = BundleReader.Read(bytes).Entries[0];
        Encoding.UTF8.GetString(bytes, entry.Start, entry.Length).ShouldBe(odd);
        entry.IsQuarantined.ShouldBeFalse();
    }

    [Fact]
    public void a_bundle_may_say_what_it_is_at_its_end() =>
        Read($$"""{"type":"transaction","entry":[{"resource":{{Patient("p")}}}],"resourceType":"Bundle"}""").Entries.ShouldHaveSingleItem().Reference.ShouldBe("Patient/p");

    [Fact]
    public void a_single_resource_is_an_import_of_one() => Read(Patient("p")).Entries.ShouldHaveSingleItem().Reference.ShouldBe("Patient/p");

    [Fact]
    public void a_list_is_not_taken_for_a_bundle() =>
        Read("""{"resourceType":"List","id":"l","entry":[{"item":{"reference":"Observation/1"}}]}""").Entries.ShouldHaveSingleItem().Reference.ShouldBe("List/l");

    [Fact]
    public void lines_of_resources_are_read_and_a_line_that_is_none_is_accounted_for()
    {
        var reading = Read($"{Patient("p")}\n{Observation("1")}\n7\n{Observation("2")}\n");
        reading.Problem.ShouldBeNull();
        reading.Entries.Count.ShouldBe(4);
        reading.Entries.Count(e => e.IsQuarantined).ShouldBe(1);
    }

    [Theory]
    [InlineData("Patient/p")]
    [InlineData("Patient/p/_history/3")]
    [InlineData("https://there.example/fhir/Patient/p")]
    [InlineData("urn:uuid:9ceb9c47-0000-4000-8000-000000000001")]
    [InlineData("Patient?identifier=urn%3As%7C42")]
    public void a_patient_is_found_however_they_are_named(string reference)
    {
        var json = $$"""
            {"resourceType":"Bundle","type":"transaction","entry":[
              {"resource":{{Observation("1", reference)}}},
              {"fullUrl":"urn:uuid:9ceb9c47-0000-4000-8000-000000000001","resource":{{Patient("p", "42")}}}]}
            """;
        var entry = Read(json).Entries[0];
        entry.IsQuarantined.ShouldBeFalse(entry.Reason);
        entry.PatientReference.ShouldBe("Patient/p");
        entry.PatientIsHere.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"resourceType":"Coverage","id":"1","beneficiary":{"reference":"Patient/p"}}""")]
    [InlineData("""{"resourceType":"Task","id":"1","for":{"reference":"Patient/p"}}""")]
    [InlineData("""{"resourceType":"Immunization","id":"1","patient":{"reference":"Patient/p"}}""")]
    [InlineData("""{"resourceType":"ResearchSubject","id":"1","individual":{"reference":"Patient/p"}}""")]
    [InlineData("""{"resourceType":"Appointment","id":"1","participant":[{"actor":{"display":"Room 3"}},{"actor":{"reference":"Practitioner/x"}},{"actor":{"reference":"Patient/p"}}]}""")]
    [InlineData("""{"resourceType":"Provenance","id":"1","target":[{"reference":"Observation/o"}]}""")]
    [InlineData("""{"resourceType":"Observation","id":"1","subject":{"identifier":{"system":"urn:s","value":"42"}}}""")]
    public void each_type_names_its_patient_in_its_own_element(string resource) =>
        Last(Bundle(Patient("p", "42"), Observation("o"), resource)).PatientReference.ShouldBe("Patient/p");

    [Fact]
    public void what_belongs_to_nobody_has_no_patient()
    {
        var entry = Last(Bundle(Patient("p"), """{"resourceType":"Practitioner","id":"x"}"""));
        entry.PatientReference.ShouldBeNull();
        entry.IsQuarantined.ShouldBeFalse();
    }

    [Fact]
    public void owners_are_told_apart()
    {
        var reading = Read(Bundle(
            Patient("p"), """{"resourceType":"Medication","id":"named"}""", """{"resourceType":"Medication","id":"alone"}""",
            """{"resourceType":"MedicationRequest","id":"1","subject":{"reference":"Patient/p"},"medicationReference":{"reference":"Medication/named"}}""",
            """{"resourceType":"Appointment","id":"1","participant":[{"actor":{"reference":"Patient/p"}}]}""", Observation("1")));
        reading.Entries.Select(e => e.Owner).ShouldBe(["identity", "pharmacy", "records", "pharmacy", "scheduling", "records"]);
    }

    [Fact]
    public void a_dangling_patient_is_named_by_element_and_other_dangling_references_are_fine()
    {
        Quarantined(Last(Bundle(Patient("p"), Observation("1", "Patient/other"))), "Observation.subject");
        Quarantined(Last(Bundle(Patient("p"), Observation("1", "urn:uuid:9ceb9c47-0000-4000-8000-000000000009"))), "Observation.subject");
        Quarantined(Last(Bundle(Patient("p"), Observation("1", "#inside"))), "Observation.subject");
        Last(Bundle(Patient("p"), Observation("1", more: ""","performer":[{"reference":"Practitioner/nobody"}]"""))).IsQuarantined.ShouldBeFalse();
    }

    [Fact]
    public void without_patients_in_the_bundle_the_reference_is_kept_for_those_who_know_it()
    {
        var entry = Last(Bundle(Observation("1", "Patient/earlier")));
        entry.IsQuarantined.ShouldBeFalse();
        (entry.PatientReference, entry.PatientIsHere).ShouldBe(("Patient/earlier", false));
    }

    [Fact]
    public void a_patient_of_another_server_is_another_patient()
    {
        var json = $$"""
            {"resourceType":"Bundle","type":"collection","entry":[
              {"fullUrl":"https://here.example/Patient/p","resource":{{Patient("p")}}},
              {"fullUrl":"https://here.example/Observation/1","resource":{{Observation("1", "https://elsewhere.example/Patient/p")}}}]}
            """;
        Quarantined(Read(json).Entries[1], "Observation.subject");
    }

    [Fact]
    public void one_key_in_two_wordings_is_not_guessed_and_word_for_word_counts_once()
    {
        var two = Read(Bundle(Patient("p"), Observation("1"), Observation("1", more: ""","status":"final" """))).Entries;
        Quarantined(two[1], "Observation.id");
        Quarantined(two[2], "Observation.id");
        var same = Read(Bundle(Patient("p"), Observation("1"), Observation("1"))).Entries;
        same[1].IsQuarantined.ShouldBeFalse();
        Quarantined(same[2], "Observation.id");
    }

    [Fact]
    public void two_patients_with_one_identifier_go_to_quarantine_with_all_that_is_theirs()
    {
        var entries = Read(Bundle(Patient("p", "42"), Patient("q", "42"), Patient("r", "43"), Observation("1", "Patient/p"), Observation("2", "Patient/r"))).Entries;
        Quarantined(entries[0], "Patient.identifier");
        Quarantined(entries[1], "Patient.identifier");
        Quarantined(entries[3], "Observation.subject");
        entries[2].IsQuarantined.ShouldBeFalse();
        entries[4].IsQuarantined.ShouldBeFalse();
    }

    [Fact]
    public void a_resource_that_is_too_deep_does_not_take_the_others_with_it()
    {
        string Deep(int levels) => Observation("deep", more: $",\"x\":{new string('[', levels)}{new string(']', levels)}");
        var entries = Read(Bundle(Patient("p"), Deep(100), Observation("1"))).Entries;
        Quarantined(entries[1], "Observation");
        entries[1].Reason!.ShouldContain("101");
        entries[2].IsQuarantined.ShouldBeFalse();
        Last(Bundle(Patient("p"), Deep(InteropLimits.Depth - 1))).IsQuarantined.ShouldBeFalse();
        Last(Bundle(Patient("p"), Deep(InteropLimits.Depth))).IsQuarantined.ShouldBeTrue();
    }

    [Theory]
    [InlineData("{}", "Bundle.entry[0].resource")]
    [InlineData("7", "Bundle.entry[0]")]
    [InlineData("""{"resource":"x"}""", "Bundle.entry[0].resource")]
    [InlineData("""{"resource":{}}""", "Bundle.entry[0].resource.resourceType")]
    [InlineData("""{"resource":{"resourceType":"Foo","id":"1"}}""", "Bundle.entry[0].resource.resourceType")]
    [InlineData("""{"request":{"method":"DELETE","url":"Observation/1"}}""", "Bundle.entry[0].request.method")]
    [InlineData("""{"resource":{"resourceType":"Patient"}}""", "Patient.id")]
    [InlineData("""{"resource":{"resourceType":"Patient","id":7}}""", "Patient.id")]
    [InlineData("""{"resource":{"resourceType":"Patient","id":"a/b"}}""", "Patient.id")]
    [InlineData("""{"resource":{"resourceType":"Patient","id":"1","identifier":"x"}}""", "Patient.identifier")]
    [InlineData("""{"resource":{"resourceType":"Patient","id":"1","birthDate":"a","birthDate":"b"}}""", "Patient.birthDate")]
    [InlineData("""{"resource":{"resourceType":"Patient","id":"1","x":"\ud800"}}""", "Patient")]
    [InlineData("""{"resource":{"resourceType":"Patient","id":"1","x":"\u0000"}}""", "Patient")]
    [InlineData("""{"resource":{"resourceType":"Observation","id":"1","subject":"Patient/p"}}""", "Observation.subject")]
    [InlineData("""{"resource":{"resourceType":"Observation","id":"1","subject":[7]}}""", "Observation.subject")]
    [InlineData("""{"resource":{"resourceType":"Observation","id":"1"}}""", "Observation.subject")]
    [InlineData("""{"resource":{"resourceType":"Observation","id":"1","subject":{"reference":"Patient/a","reference":"Patient/b"}}}""", "Observation.subject")]
    [InlineData("""{"resource":{"resourceType":"Bundle","id":"1","type":"batch"}}""", "Bundle.entry[0].resource")]
    [InlineData("""{"resource":{"resourceType":"OperationOutcome","id":"1"},"search":{"mode":"outcome"}}""", "Bundle.entry[0].search.mode")]
    [InlineData("""{"resource":{"resourceType":"Patient","id":"1"},"request":{"method":"PUT","url":"Patient/2"}}""", "Bundle.entry[0].request.url")]
    public void an_entry_that_cannot_be_taken_names_the_element(string entry, string element) =>
        Quarantined(Read($$"""{"resourceType":"Bundle","type":"batch","entry":[{{entry}}]}""").Entries.ShouldHaveSingleItem(), element);

    [Fact]
    public void an_id_may_come_from_the_full_url()
    {
        Read("""{"resourceType":"Bundle","type":"batch","entry":[{"fullUrl":"urn:uuid:c1","resource":{"resourceType":"Patient"}}]}""").Entries[0].Id.ShouldBe("c1");
        Read("""{"resourceType":"Bundle","type":"batch","entry":[{"fullUrl":"https://a.example/Patient/c2","resource":{"resourceType":"Patient"}}]}""").Entries[0].Id.ShouldBe("c2");
    }

    [Fact]
    public void what_is_contained_stays_inside()
    {
        var reading = Read(Bundle(Patient("p"), Observation("1", more: ""","contained":[{"resourceType":"Patient","id":"p"}]""")));
        reading.Entries.Count.ShouldBe(2);
        reading.Entries[1].IsQuarantined.ShouldBeFalse();
    }

    [Fact]
    public void twenty_million_empty_entries_are_refused_early() =>
        Read($$"""{"resourceType":"Bundle","type":"batch","entry":[{{string.Join(',', Enumerable.Repeat("{}", InteropLimits.Entries + 1))}}]}""").Problem!.Code.ShouldBe("too_many_entries");

    public static TheoryData<string> Samples()
    {
        var data = new TheoryData<string>();
        var folder = Folder();
        if (folder is null) data.Add(new TheoryDataRow<string>("") { Skip = "The sample bundles are not beside the solution." });
        else foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)) data.Add(Path.GetFileName(file));
        return data;
    }

    internal static string? Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "data", "fhir"))) return Path.Combine(folder.FullName, "shared", "data", "fhir");
        return null;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void every_entry_of_a_real_bundle_is_found_with_its_patient(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Folder()!, file));
        using var parsed = JsonDocument.Parse(bytes);
        var resources = parsed.RootElement.GetProperty("entry").EnumerateArray().Select(e => e.GetProperty("resource")).ToList();
        var reading = BundleReader.Read(bytes);
        reading.Problem.ShouldBeNull();
        reading.Entries.ShouldAllBe(e => !e.IsQuarantined);
        reading.Entries.Select(e => Encoding.UTF8.GetString(bytes, e.Start, e.Length)).ShouldBe(resources.Select(r => r.GetRawText()));
        reading.Entries.Select(e => e.Type).ShouldBe(resources.Select(r => r.GetProperty("resourceType").GetString()!));
        reading.Entries.Where(e => e.PatientElement is not null && e.Type is not "Provenance").ShouldAllBe(e => e.PatientIsHere);
    }

    static readonly string Seed = Bundle(Patient("p", "42"), Observation("1"), """{"resourceType":"MedicationRequest","id":"m","subject":{"reference":"Patient/p"},"medicationReference":{"reference":"#m"}}""");

    [Fact]
    public void any_bytes_give_a_report() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Sound(bytes)));

    [Fact]
    public void any_damage_to_a_bundle_gives_a_report() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(ArbMap.Default.ArbFor<(ushort At, byte What, byte Length)[]>(), wounds =>
        {
            var bytes = Encoding.UTF8.GetBytes(Seed).ToList();
            foreach (var (at, what, length) in wounds)
            {
                var place = at % bytes.Count;
                if (what % 3 is 0) bytes.RemoveRange(place, Math.Min(length, bytes.Count - place));
                else if (what % 3 is 1) bytes[place] = (byte)"{}[]\",:\\u0dtrue-1e"[length % 18];
                else bytes.InsertRange(place, bytes.Skip(length).Take(length).ToArray());
                if (bytes.Count == 0) bytes.Add((byte)'{');
            }
            return Sound([.. bytes]);
        }));

    [Fact]
    public void every_prefix_of_a_bundle_is_told_to_be_too_short()
    {
        var bytes = Encoding.UTF8.GetBytes(Seed);
        for (var length = 1; length < bytes.Length; length++) BundleReader.Read(bytes.AsSpan(0, length)).Problem!.Code.ShouldBe("truncated");
    }

    static bool Sound(byte[] bytes)
    {
        var reading = BundleReader.Read(bytes);
        return (reading.Problem is null || reading.Entries.Count == 0)
            && reading.Entries.Select((e, n) => e.Position == n && e.Start >= 0 && e.Length >= 0 && e.Start + e.Length <= bytes.Length
                && (e.IsQuarantined ? e.Element is not null : e.Length > 0 && e.Id is not null && e.Type is not "unknown")).All(ok => ok);
    }
}
