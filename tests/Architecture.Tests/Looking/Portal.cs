using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PatientPortal.Architecture.Tests.Looking;

/// <summary>A text file of the repository, named by its path from the root.</summary>
public sealed class SourceFile(string root, string path)
{
    readonly Lazy<string> text = new(() => File.ReadAllText(System.IO.Path.Combine(root, path)));
    SyntaxNode? syntax;

    public string Path => path;
    public string Name => System.IO.Path.GetFileNameWithoutExtension(path);
    public string Folder => System.IO.Path.GetDirectoryName(path)!.Replace('\\', '/');
    public string Text => text.Value;
    public string[] Lines => Text.Split('\n');
    public int Length => Lines.Length - (Text.EndsWith('\n') ? 1 : 0);
    public bool IsCSharp => path.EndsWith(".cs", StringComparison.Ordinal);
    public bool IsRazor => path.EndsWith(".razor", StringComparison.Ordinal);
    public SyntaxNode Syntax => syntax ??= CSharpSyntaxTree.ParseText(Text).GetRoot();

    /// <summary>"Scheduling" for a file inside that module, "" elsewhere.</summary>
    public string Module => path.Split('/') is ["src", "Modules", var module, _, ..] ? module : "";

    /// <summary>The folders inside the module: "ForPatients", "BookAppointment".</summary>
    public string[] Inside => path.Split('/') is ["src", "Modules", _, .. var inside] ? inside[..^1] : [];

    public bool IsMigration => path.Contains("/Migrations/", StringComparison.Ordinal);
    public int LineOf(int index) => Text.AsSpan(0, index).Count('\n') + 1;
}

/// <summary>A project file.</summary>
public sealed class Project(SourceFile file)
{
    readonly XDocument xml = XDocument.Parse(file.Text);

    public SourceFile File => file;
    public string Name => file.Name;

    /// <summary>The projects it refers to, by name.</summary>
    public IReadOnlyList<string> Uses => [.. Items("ProjectReference").Select(i => Path.GetFileNameWithoutExtension(((string)i.Attribute("Include")!).Replace('\\', '/')))];

    public IReadOnlyList<XElement> Packages => [.. Items("PackageReference")];

    IEnumerable<XElement> Items(string name) => xml.Descendants().Where(e => e.Name.LocalName == name && e.Attribute("Include") is not null);
}

/// <summary>Everything that a rule may look at: the compiled code, and the text it was made from.</summary>
public sealed partial class Portal(string root, Code code)
{
    static readonly string[] Made = ["bin", "obj", ".git", "data", "artifacts", "TestResults", "node_modules"];
    static readonly Lazy<Portal> real = new(() => new(Above(AppContext.BaseDirectory), Code.Built(AppContext.BaseDirectory)));

    public static Portal Real => real.Value;

    public string Root => root;
    public Code Code => code;
    public IReadOnlyList<SourceFile> Files { get; } = [.. Walk(root, "").Order(StringComparer.Ordinal).Select(path => new SourceFile(root, path))];
    public IReadOnlyList<Project> Projects => field ??= [.. Files.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(f => new Project(f))];

    /// <summary>Every exception that the source text makes: which rule, and why.</summary>
    public IEnumerable<(SourceFile File, string Rule, string Reason)> Exemptions =>
        Files.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && (f.IsCSharp || f.IsRazor))
            .SelectMany(f => Exemption().Matches(f.Text).Select(m => (f, m.Groups[1].Value, m.Groups[2].Value)));

    public static string Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "PatientPortal.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("The repository's root is not above the test's folder.");
    }

    static IEnumerable<string> Walk(string root, string folder)
    {
        var here = Path.Combine(root, folder);
        foreach (var file in Directory.GetFiles(here)) yield return folder + Path.GetFileName(file);
        foreach (var below in Directory.GetDirectories(here).Select(d => Path.GetFileName(d)!))
            if (!Made.Contains(below))
                foreach (var file in Walk(root, $"{folder}{below}/")) yield return file;
    }

    [GeneratedRegex("""\bExempt\("([^"]*)",\s*"([^"]*)"\)""")]
    private static partial Regex Exemption();
}
