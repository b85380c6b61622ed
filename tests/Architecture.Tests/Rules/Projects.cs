using System.Xml.Linq;
using PatientPortal.Architecture.Tests.Looking;

namespace PatientPortal.Architecture.Tests.Rules;

public sealed class projects_refer_only_to_what_they_may_see() : Rule(
    Every.Project("A project", p => p.File.Path.StartsWith("src/", StringComparison.Ordinal))
        .MustNot("refer to what it may not see", p => p.Uses.Where(u => !MaySee(p.Name, u)).Select(u => ($"refers to {u}", p.File.Path)))
        .Because("a reference that exists will be used")
        .Fix("refer to the other module's Contracts"),
    new Sample().With("src/Modules/Messaging/PatientPortal.Messaging.csproj", "<Project><ItemGroup><ProjectReference Include=\"../Records/PatientPortal.Records.csproj\" /></ItemGroup></Project>"),
    catches: "PatientPortal.Messaging")
{
    static bool MaySee(string project, string used) => project switch
    {
        "PatientPortal.Host" => true,
        "PatientPortal.Kernel" or "PatientPortal.Synthetic" => used is "PatientPortal.Kernel",
        "PatientPortal.Ui" => used is "PatientPortal.Kernel",
        _ when project.EndsWith(".Contracts", StringComparison.Ordinal) => false,
        _ => used is "PatientPortal.Kernel" or "PatientPortal.Ui" or "PatientPortal.Synthetic" || used.EndsWith(".Contracts", StringComparison.Ordinal),
    };
}

public sealed class contracts_depend_on_mediatr_and_nothing_else() : Rule(
    Every.Project("A Contracts project", p => p.Name.EndsWith(".Contracts", StringComparison.Ordinal))
        .MustNot("depend on more than MediatR", p => p.Packages.Select(i => (string)i.Attribute("Include")!).Where(i => i is not "MediatR").Select(i => ($"depends on {i}", p.File.Path)))
        .Because("whatever Contracts need, every module needs")
        .Fix("keep the records plain"),
    new Sample().With("src/Modules/Records/Contracts/PatientPortal.Records.Contracts.csproj", "<Project><ItemGroup><PackageReference Include=\"Quartz\" /></ItemGroup></Project>"),
    catches: "PatientPortal.Records.Contracts");

public sealed class only_the_host_knows_the_scheduler() : Rule(
    Every.Project("A project", p => p.File.Path.StartsWith("src/", StringComparison.Ordinal) && p.Name is not "PatientPortal.Host")
        .MustNot("know the scheduler", p => p.Packages.Select(i => (string)i.Attribute("Include")!).Where(i => i.StartsWith("Quartz", StringComparison.Ordinal)).Select(i => ($"refers to {i}", p.File.Path)))
        .Because("a module declares a job; who runs it can be replaced")
        .Fix("declare the job with [Job]"),
    new Sample().With("src/Modules/Records/PatientPortal.Records.csproj", "<Project><ItemGroup><PackageReference Include=\"Quartz\" /></ItemGroup></Project>"),
    catches: "PatientPortal.Records");

public sealed class a_packages_version_is_said_once() : Rule(
    Every.Thing("A package", p => p.Projects.SelectMany(x => x.Packages.Select(i => (Project: x, Item: i))), x => (string)x.Item.Attribute("Include")!)
        .Must("have its version in Directory.Packages.props, once", (p, x) =>
        [
            .. x.Item.Attributes().Where(a => a.Name.LocalName is "Version" or "VersionOverride").Select(a => ($"says {a.Value} for itself", x.Project.File.Path)),
            .. Central(p).Count(c => c == (string)x.Item.Attribute("Include")!) is var times and not 1 ? [($"stands {times} times in Directory.Packages.props", x.Project.File.Path)] : Array.Empty<(string, string)>(),
        ])
        .Because("two versions of one package are two behaviours of one portal")
        .Fix("move the version to Directory.Packages.props"),
    new Sample()
        .With("src/Modules/Records/PatientPortal.Records.csproj", "<Project><ItemGroup><PackageReference Include=\"NodaTime\" Version=\"1.0.0\" /></ItemGroup></Project>")
        .With("Directory.Packages.props", "<Project><ItemGroup><PackageVersion Include=\"NodaTime\" Version=\"3.3.7\" /></ItemGroup></Project>"),
    catches: "NodaTime")
{
    static IEnumerable<string> Central(Portal portal) =>
        portal.Files.Where(f => f.Path is "Directory.Packages.props").SelectMany(f => XDocument.Parse(f.Text).Descendants())
            .Where(e => e.Name.LocalName is "PackageVersion").Select(e => (string)e.Attribute("Include")!);
}
