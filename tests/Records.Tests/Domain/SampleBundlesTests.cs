using PatientPortal.Records.Domain.Chart;
using PatientPortal.Records.Domain.Fhir;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.Tests.Domain;

/// <summary>The sample bundles beside the repository; skipped where they are not.</summary>
public class SampleBundlesTests
{
    static readonly string? Folder = Find();

    static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Path.Combine(at.FullName, "shared/data/fhir") is var path && Directory.Exists(path)) return path;
        return null;
    }

    public static IEnumerable<TheoryDataRow<string>> Files =>
        Folder is null ? [new("") { Skip = "the sample bundles are not beside the repository" }] : Directory.GetFiles(Folder, "*.json").Order().Select(f => new TheoryDataRow<string>(Path.GetFileName(f)));

    [Theory, MemberData(nameof(Files))]
    public void every_resource_is_accepted_and_every_line_has_a_readable_name(string file)
    {
        using var bundle = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, file)));
        var resources = bundle.RootElement.GetProperty("entry").EnumerateArray().Select(e => e.GetProperty("resource")).ToList();
        resources.ShouldNotBeEmpty();
        foreach (var resource in resources)
        {
            var (type, id) = (resource.GetProperty("resourceType").GetString()!, resource.GetProperty("id").GetString()!);
            ResourceCheck.Of(type, id, resource).ShouldBeNull($"{type}/{id}");
            if (ChartItemOf.From(Guid.Empty, type, resource) is not { } line) continue;
            using var item = JsonDocument.Parse(line.Json);
            item.RootElement.GetProperty("name").GetString()!.ShouldNotMatch(@"^[\d.-]+$", $"{type}/{id} shows a bare code");
        }
    }

    [Theory, MemberData(nameof(Files))]
    public void every_report_has_a_line_for_each_observation_it_names(string file)
    {
        using var bundle = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, file)));
        var resources = bundle.RootElement.GetProperty("entry").EnumerateArray().Select(e => e.GetProperty("resource")).ToList();
        var observations = resources.Where(r => r.GetProperty("resourceType").GetString() is "Observation").ToDictionary(r => r.GetProperty("id").GetString()!);
        foreach (var report in resources.Where(r => r.GetProperty("resourceType").GetString() is "DiagnosticReport"))
        {
            var members = SheetOf.Members(report).ToList();
            members.ShouldAllBe(m => observations.ContainsKey(m));
            SheetOf.FromReport(Guid.Empty, report, [.. members.Select(m => observations[m])], false).Values.Count.ShouldBeGreaterThanOrEqualTo(members.Count);
        }
    }
}
