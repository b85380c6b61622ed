using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PatientPortal.Architecture.Tests.Looking;

namespace PatientPortal.Architecture.Tests.Map;

/// <summary>Every route, page, job, event and table of the portal, and the file where it is. Read from the source text, so it is true before anything runs.</summary>
public sealed partial class ModuleMap(Portal portal)
{
    static readonly Dictionary<string, string> Doors = new()
    {
        ["IEveryoneApi"] = "/api/v1",
        ["IMemberApi"] = "/api/v1",
        ["IPatientApi"] = "/api/v1/patients/{patient}",
        ["IStaffApi"] = "/api/v1/staff",
        ["IAppApi"] = "/fhir/r4",
    };

    readonly IReadOnlyList<SourceFile> code = [.. portal.Files.Where(f => f.IsCSharp && f.Path.StartsWith("src/", StringComparison.Ordinal))];

    public string Draw()
    {
        var text = new StringBuilder("""
            Where everything is. Generated from the source: PORTAL_WRITE_MAP=1 dotnet test tests/Architecture.Tests
            A test fails when this page is stale.

            """);
        Section(text, "Routes", Routes);
        Section(text, "Pages", Pages);
        Section(text, "Jobs", Jobs);
        Section(text, "Events, and who listens", Events);
        Section(text, "Tables", Tables);
        return text.ToString();
    }

    static void Section(StringBuilder text, string name, IEnumerable<(string What, string File)> lines)
    {
        var all = lines.Distinct().ToList();
        var width = all.Select(l => l.What.Length).DefaultIfEmpty().Max();
        text.Append($"\n{name} ({all.Count})\n");
        foreach (var (what, file) in all) text.Append($"  {what.PadRight(width)}  {file}\n");
    }

    public IEnumerable<(string What, string File)> Routes =>
        (from file in code
         from call in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
         let verb = Verb(call)
         let pattern = Pattern(call)
         where verb.Length > 0 && pattern is not null
         let route = Prefix(call) + Group(call) + pattern
         orderby route, verb
         select ($"{verb,-6} {route}", file.Path)).ToList();

    IEnumerable<(string What, string File)> Pages =>
        (from file in portal.Files
         where file.IsRazor && file.Path.StartsWith("src/", StringComparison.Ordinal)
         from page in Page().Matches(file.Text)
         let route = page.Groups[1].Value
         orderby route
         select (route, file.Path)).ToList();

    IEnumerable<(string What, string File)> Jobs =>
        (from file in code
         from attribute in file.Syntax.DescendantNodes().OfType<AttributeSyntax>()
         where attribute.Name.ToString() is "Job" && attribute.ArgumentList is { Arguments.Count: > 0 }
         let name = attribute.ArgumentList!.Arguments[0].ToString().Trim('"')
         orderby name
         select (name, file.Path)).ToList();

    IEnumerable<(string What, string File)> Events
    {
        get
        {
            var listeners = (from file in code
                             from listened in file.Syntax.DescendantNodes().OfType<SimpleBaseTypeSyntax>().Select(b => b.Type).OfType<GenericNameSyntax>()
                             where listened.Identifier.Text is "INotificationHandler"
                             select (Event: listened.TypeArgumentList.Arguments[0].ToString().Split('.')[^1], file.Path)).ToLookup(l => l.Event, l => l.Path);
            var events = from file in code
                         where file.Inside is ["Contracts", ..]
                         from record in file.Syntax.DescendantNodes().OfType<RecordDeclarationSyntax>()
                         where record.BaseList?.Types.Any(t => t.Type.ToString() is "INotification") ?? false
                         orderby file.Module, record.Identifier.Text
                         select (Name: record.Identifier.Text, file.Module, file.Path);
            foreach (var news in events)
            {
                yield return ($"{news.Module}.{news.Name}", news.Path);
                foreach (var path in listeners[news.Name].Order(StringComparer.Ordinal)) yield return ($"  {news.Name} -> {path.Split('/')[2]}", path);
            }
        }
    }

    IEnumerable<(string What, string File)> Tables
    {
        get
        {
            var declared = (from file in code
                            from type in file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>()
                            let space = type.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString()
                            select (Name: $"{space}.{type.Identifier.Text}", file.Path)).ToLookup(t => t.Name, t => t.Path);
            return (from file in code
                    where file.Name.EndsWith("Snapshot", StringComparison.Ordinal)
                    from table in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
                    where Called(table) is "ToTable"
                    let entity = table.Ancestors().OfType<InvocationExpressionSyntax>().FirstOrDefault(i => Called(i) is "Entity")
                    where entity is not null
                    let type = Argument(entity)
                    let name = Argument(table)
                    orderby name
                    select (name, declared[type].FirstOrDefault(file.Path))).ToList();
        }
    }

    static string Verb(InvocationExpressionSyntax call) => Called(call) switch
    {
        "MapGet" => "GET",
        "MapPost" => "POST",
        "MapPut" => "PUT",
        "MapDelete" => "DELETE",
        "MapPatch" => "PATCH",
        "MapMethods" or "MapHealthChecks" or "MapOpenApi" => "ANY",
        _ => "",
    };

    static string Called(InvocationExpressionSyntax call) => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: var name } ? name : "";

    static string Argument(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.FirstOrDefault()?.Expression is LiteralExpressionSyntax { Token.Value: string text } ? text : "";

    /// <summary>A route's own part; what is only known at run time stands as {*}. Null when it is no route.</summary>
    static string? Pattern(InvocationExpressionSyntax call) => call.ArgumentList.Arguments.FirstOrDefault()?.Expression switch
    {
        LiteralExpressionSyntax { Token.Value: string text } when text.Length is 0 || text[0] is '/' => text,
        InterpolatedStringExpressionSyntax filled => string.Concat(filled.Contents.Select(c => c is InterpolatedStringTextSyntax t ? t.TextToken.ValueText.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal) : "{*}")),
        _ => null,
    };

    static string Prefix(InvocationExpressionSyntax call) =>
        call.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault()?.BaseList?.Types
            .Select(t => Doors.GetValueOrDefault(t.Type.ToString())).FirstOrDefault(d => d is not null) ?? "";

    /// <summary>The groups that the receiver was made with: <c>var slots = api.MapGroup("/slots"); slots.MapGet("/{id}")</c>.</summary>
    static string Group(InvocationExpressionSyntax call)
    {
        var receiver = (call.Expression as MemberAccessExpressionSyntax)?.Expression;
        if (receiver is IdentifierNameSyntax name)
            receiver = call.Ancestors().OfType<MethodDeclarationSyntax>().FirstOrDefault()?.DescendantNodes().OfType<VariableDeclaratorSyntax>()
                .FirstOrDefault(v => v.Identifier.Text == name.Identifier.Text)?.Initializer?.Value;
        while (receiver is InvocationExpressionSyntax made)
        {
            if (Called(made) is "MapGroup") return Group(made) + Argument(made);
            receiver = (made.Expression as MemberAccessExpressionSyntax)?.Expression;
        }
        return "";
    }

    [GeneratedRegex("""^@page\s+"([^"]+)"$""", RegexOptions.Multiline)]
    private static partial Regex Page();
}
