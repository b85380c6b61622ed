using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace PatientPortal.Architecture.Tests.Looking;

/// <summary>
/// A few lines of portal that break one rule. Written to a temporary folder and compiled there, assembly by assembly as
/// in the real one, so that a rule meets it exactly as it meets the portal.
/// </summary>
public sealed class Sample
{
    static readonly Lazy<IReadOnlyList<MetadataReference>> platform = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => !Path.GetFileName(p).StartsWith("PatientPortal.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p))]);

    /// <summary>The names of the Kernel that rules know; the rules themselves prove on the real portal that these names are true.</summary>
    const string Kernel = """
        namespace PatientPortal.Kernel
        {
            [System.AttributeUsage(System.AttributeTargets.All, AllowMultiple = true)]
            public sealed class ExemptAttribute(string rule, string reason) : System.Attribute { public string Rule => rule; public string Reason => reason; }
            public interface IModule { string Name { get; } }
        }
        namespace PatientPortal.Kernel.Requests
        {
            public interface IHandle<TRequest, TAnswer> { System.Threading.Tasks.Task<TAnswer> Handle(TRequest request); }
            public sealed class DoesAttribute(string what) : System.Attribute { public string What => what; public bool StepUp { get; init; } }
        }
        namespace PatientPortal.Kernel.Access
        {
            public sealed record CurrentPatient(System.Guid Id);
            public sealed record CurrentStaff(System.Guid Id);
            public interface IAudience;
            public sealed class ForPatientsAttribute : System.Attribute, IAudience;
            public sealed class ForStaffAttribute : System.Attribute, IAudience;
        }
        namespace PatientPortal.Kernel.Data { public abstract class ModuleDb; }
        namespace PatientPortal.Kernel.Jobs
        {
            public interface IJob;
            public sealed class JobAttribute(string name) : System.Attribute { public string Name => name; }
        }
        namespace PatientPortal.Kernel.Modules
        {
            public interface IPatientApi { static abstract void Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder api); }
            public interface IStaffNav;
            public interface IStaffApi { static abstract void Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder api); }
        }
        """;

    readonly SortedDictionary<string, string> files = new(StringComparer.Ordinal) { ["src/Kernel/Kernel.cs"] = Kernel };

    public Sample With(string path, string text)
    {
        files[path] = text + "\n";
        return this;
    }

    public Portal Build()
    {
        var root = Directory.CreateTempSubdirectory("portal-sample-").FullName;
        var bin = Directory.CreateDirectory(Path.Combine(root, "bin")).FullName;
        foreach (var (path, text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.WriteAllText(Path.Combine(root, path), text);
        }
        var sources = files.Where(f => f.Key.StartsWith("src/", StringComparison.Ordinal) && f.Key.EndsWith(".cs", StringComparison.Ordinal))
            .GroupBy(f => Assembly(f.Key)).OrderBy(g => Rank(g.Key)).ThenBy(g => g.Key, StringComparer.Ordinal);
        foreach (var assembly in sources) Compile(bin, assembly.Key, assembly);
        return new(root, Code.Built(bin, AppContext.BaseDirectory, Path.GetDirectoryName(typeof(object).Assembly.Location)!));
    }

    static string Assembly(string path) => path.Split('/') switch
    {
        ["src", "Modules", var module, "Contracts", ..] => $"PatientPortal.{module}.Contracts",
        ["src", "Modules", var module, ..] => $"PatientPortal.{module}",
        ["src", var part, ..] => $"PatientPortal.{part}",
        _ => throw new ArgumentException($"{path} belongs to no assembly."),
    };

    static int Rank(string assembly) => assembly switch
    {
        "PatientPortal.Kernel" => 0,
        _ when assembly.EndsWith(".Contracts", StringComparison.Ordinal) => 1,
        "PatientPortal.Records" => 2, // the module that samples reach into
        "PatientPortal.Host" => 4,
        _ => 3,
    };

    static void Compile(string bin, string name, IEnumerable<KeyValuePair<string, string>> sources)
    {
        var trees = sources.Select(s => CSharpSyntaxTree.ParseText(s.Value, new(LanguageVersion.Latest), $"/portal/{s.Key}", Encoding.UTF8));
        var made = Directory.GetFiles(bin, "*.dll").Select(MetadataReference (f) => MetadataReference.CreateFromFile(f));
        var compilation = CSharpCompilation.Create(name, trees, [.. platform.Value, .. made], new(OutputKind.DynamicallyLinkedLibrary));
        using var code = File.Create(Path.Combine(bin, name + ".dll"));
        using var symbols = File.Create(Path.Combine(bin, name + ".pdb"));
        var result = compilation.Emit(code, symbols, options: new(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!result.Success) throw new InvalidOperationException($"The sample {name} does not compile:\n{string.Join("\n", result.Diagnostics.Where(d => d.Severity is DiagnosticSeverity.Error))}");
    }
}
