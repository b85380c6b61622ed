using System.Net;
using System.Text;
using System.Text.Json;
using PatientPortal.Interop.Domain;
using PatientPortal.Interop.Tests.Domain;
using PatientPortal.Testing;
using Shouldly;
using Xunit;
using static PatientPortal.Interop.Tests.ForStaff.Sending;

namespace PatientPortal.Interop.Tests.ForStaff;

public sealed class ImportBundleTests(PortalApp app) : IClassFixture<PortalApp>
{
    static int counter;

    static string Fresh() => $"t{Interlocked.Increment(ref counter)}";

    public static TheoryData<string> Samples() => BundleReaderTests.Samples();

    static Dictionary<string, int> Came(byte[] bundle)
    {
        using var parsed = JsonDocument.Parse(bundle);
        return parsed.RootElement.GetProperty("entry").EnumerateArray().GroupBy(e => e.GetProperty("resource").GetProperty("resourceType").GetString()!).ToDictionary(g => g.Key, g => g.Count());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task every_resource_of_a_real_bundle_is_accounted_for_and_the_same_again_is_unchanged(string file)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(BundleReaderTests.Folder()!, file));
        var client = await app.SignInAs("records");
        var first = await client.Import(bytes).Json();
        var types = first.ByType();
        types.ToDictionary(t => t.Key, t => t.Value.Created + t.Value.Updated + t.Value.Unchanged + t.Value.Quarantined).ShouldBe(Came(bytes), ignoreOrder: true);
        first.Quarantine().ShouldAllBe(q => q.Element.Length > 0 && q.Reason.Length > 0);
        first.Quarantine().ShouldBeEmpty();
        types.Sum(t => t.Value.Created + t.Value.Unchanged).ShouldBe(Came(bytes).Values.Sum());

        var again = (await client.Import(bytes).Json()).ByType();
        again.ShouldBe(Came(bytes).ToDictionary(t => t.Key, t => (0, 0, t.Value, 0)), ignoreOrder: true);
    }

    [Fact]
    public async Task a_newer_version_updates_and_only_that()
    {
        var (client, p) = (await app.SignInAs("records"), Fresh());
        await client.Import(Bundle(Patient(p), Observation($"{p}-1", p), Observation($"{p}-2", p))).Json();
        var newer = (await client.Import(Bundle(Patient(p), Observation($"{p}-1", p, "amended"), Observation($"{p}-2", p))).Json()).ByType();
        newer["Observation"].ShouldBe((0, 1, 1, 0));
        newer["Patient"].ShouldBe((0, 0, 1, 0));
    }

    [Fact]
    public async Task results_of_a_known_patient_come_without_the_patient()
    {
        var (client, p) = (await app.SignInAs("records"), Fresh());
        await client.Import(Bundle(Patient(p))).Json();
        (await client.Import(Bundle(Observation($"{p}-1", p))).Json()).ByType()["Observation"].ShouldBe((1, 0, 0, 0));
        var elsewhere = await client.Import(Bundle(Observation($"{p}-2", p)), source: "elsewhere").Json();
        elsewhere.Quarantine().ShouldHaveSingleItem().Element.ShouldBe("Observation.subject");
    }

    [Fact]
    public async Task two_patients_with_one_identifier_are_both_kept_back()
    {
        var (client, p, q) = (await app.SignInAs("records"), Fresh(), Fresh());
        var report = await client.Import(Bundle(Patient(p, "same"), Patient(q, "same"), Observation($"{p}-1", p))).Json();
        report.Quarantine().Select(k => k.Element).ShouldBe(["Patient.identifier", "Patient.identifier", "Observation.subject"]);
    }

    [Fact]
    public async Task somebody_elses_resource_is_not_moved_into_this_chart()
    {
        var (client, p, q) = (await app.SignInAs("records"), Fresh(), Fresh());
        await client.Import(Bundle(Patient(p), Observation($"{p}-1", p))).Json();
        var report = await client.Import(Bundle(Patient(q), Observation($"{p}-1", q))).Json();
        report.Quarantine().ShouldHaveSingleItem().Reference.ShouldBe($"Observation/{p}-1");
        (await client.Import(Bundle(Patient(p), Observation($"{p}-1", p))).Json()).ByType()["Observation"].ShouldBe((0, 0, 1, 0), "it stayed where it was");
    }

    [Fact]
    public async Task a_hostile_bundle_is_taken_as_far_as_it_makes_sense()
    {
        var (client, p) = (await app.SignInAs("records"), Fresh());
        var deep = Observation($"{p}-deep", p, more: $",\"x\":{string.Concat(Enumerable.Repeat("{\"x\":", 100))}1{new string('}', 100)}");
        var report = await client.Import(Bundle(Patient(p), deep, Observation($"{p}-1", "nobody"), """{"resourceType":"Observation","id":7}""", """{"resourceType":"Nonsense","id":"1"}""", Observation($"{p}-2", p))).Json();
        report.Quarantine().Select(q => q.Element).ShouldBe(["Observation", "Observation.subject", "Observation.id", "Bundle.entry[4].resource.resourceType"]);
        report.ByType()["Observation"].ShouldBe((1, 0, 0, 3));
    }

    [Theory]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Pat""", "truncated")]
    [InlineData("not json", "not_json")]
    [InlineData("""{"resourceType":"Bundle","type":"transaction","entry":7}""", "not_a_bundle")]
    [InlineData("""[]""", "not_a_bundle")]
    public async Task what_is_no_bundle_is_refused_with_a_reason(string body, string code)
    {
        var problem = await (await app.SignInAs("records")).Import(body).Json(HttpStatusCode.BadRequest);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task an_empty_body_and_a_strange_source_are_refused()
    {
        var client = await app.SignInAs("records");
        (await client.Import([])).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.Import(Bundle(), source: "%3Cscript%3E")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task more_than_the_limit_is_too_large()
    {
        var problem = await (await app.SignInAs("records")).Import(new byte[InteropLimits.Bytes + 1]).Json(HttpStatusCode.RequestEntityTooLarge);
        problem.GetProperty("detail").GetString()!.ShouldContain("64 MB");
    }

    [Fact]
    public async Task what_is_not_fhir_json_is_unsupported()
    {
        var client = await app.SignInAs("records");
        foreach (var type in new[] { "application/fhir+xml", "text/plain", "application/json; charset=utf-16" })
            (await client.Import(Encoding.UTF8.GetBytes(Bundle()), type)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType, type);
    }

    [Fact]
    public async Task the_same_key_imports_once_and_answers_alike()
    {
        var (client, p) = (await app.SignInAs("records"), Fresh());
        var bundle = Bundle(Patient(p), Observation($"{p}-1", p));
        var first = await client.Import(bundle, key: $"key-{p}").Json();
        var second = await client.Import(bundle, key: $"key-{p}").Json();
        second.GetRawText().ShouldBe(first.GetRawText());
        first.ByType()["Observation"].ShouldBe((1, 0, 0, 0));
        (await client.Import(Bundle(Patient(p)), key: $"key-{p}")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task without_the_permission_or_as_a_patient_nothing_is_imported()
    {
        (await (await app.SignInAs("nurse")).Import(Bundle())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.SignInAs("maria")).Import(Bundle())).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Anonymous().Import(Bundle())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task what_came_is_sealed()
    {
        var (client, p) = (await app.SignInAs("records"), Fresh());
        await client.Import(Bundle(Patient(p), Observation($"{p}-1", p, more: ""","note":[{"text":"xylophone-in-the-bundle"}]"""))).Json();
        if (app.Database.File is not { } file) return;
        foreach (var part in new[] { file, file + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            (await reader.ReadToEndAsync()).ShouldNotContain("xylophone-in-the-bundle");
        }
    }
}
