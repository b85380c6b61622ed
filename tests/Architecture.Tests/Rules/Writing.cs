using System.Text.RegularExpressions;
using PatientPortal.Architecture.Tests.Looking;

namespace PatientPortal.Architecture.Tests.Rules;

public sealed class what_a_module_shows_is_its_contracts_its_module_class_and_components() : Rule(
    Every.Type("A type inside a module", t => t.IsInside)
        .Must("be internal", t => !t.IsPublic || t.Is("IModule") || t.Is("ComponentBase") || t.Is("Migration") || t.Is("ModelSnapshot") || t.Is("Attribute"), _ => "is public")
        .Because("what nobody can see, nobody has to keep")
        .Fix("drop `public`; what others need to know is news in Contracts"),
    new Sample().With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; public sealed class Note;"),
    catches: "PatientPortal.Records.Domain.Note");

public sealed class classes_are_sealed() : Rule(
    Every.Type("A class inside a module", t => t.IsInside && t is { IsClass: true, IsValueType: false, IsAbstract: false } && !t.Is("ComponentBase") && !t.Is("Migration") && !t.Is("ModelSnapshot"))
        .Must("be sealed", t => t.IsSealed, _ => "can be inherited")
        .Because("inheritance is a decision; here it is never the default")
        .Fix("write `sealed`"),
    new Sample().With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; class Note;"),
    catches: "PatientPortal.Records.Domain.Note");

public sealed class nobody_looks_at_the_wall_clock() : Rule(
    Every.Type("Portal code", t => t.PartName is not "Host" && t.PartName.Length > 0)
        .MustNotUse("the wall clock", (_, u) =>
            u is { To: "System.DateTime" or "System.DateTimeOffset", Member: "get_Now" or "get_UtcNow" or "get_Today" } or { To: "System.TimeProvider", Member: "get_System" })
        .Because("a test that cannot set the time cannot test a reminder")
        .Fix("take TimeProvider and call GetUtcNow()"),
    new Sample().With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; sealed class Note { public System.DateTime At => System.DateTime.Now; }"),
    catches: "PatientPortal.Records.Domain.Note");

public sealed class nobody_blocks_on_a_task() : Rule(
    Every.Type("Portal code", t => t.PartName.Length > 0)
        .MustNotUse("a task's result before it is there", (_, u) =>
            u is { To: "System.Threading.Tasks.Task`1", Member: "get_Result" } or { To: "System.Threading.Tasks.Task", Member: "Wait" or "WaitAll" or "WaitAny" })
        .Because("a blocked thread serves nobody, and sixteen of them serve nobody at all")
        .Fix("await it"),
    new Sample().With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; sealed class Note { public int Count(System.Threading.Tasks.Task<int> task) => task.Result; }"),
    catches: "PatientPortal.Records.Domain.Note");

public sealed class nobody_makes_an_http_client() : Rule(
    Every.Type("Portal code", t => t.PartName.Length > 0)
        .MustNotUse("a new HttpClient", (_, u) => u is { To: "System.Net.Http.HttpClient", Member: ".ctor" })
        .Because("it leaks sockets and ignores DNS")
        .Fix("take IHttpClientFactory"),
    new Sample().With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; sealed class Note { public object Client() => new System.Net.Http.HttpClient(); }"),
    catches: "PatientPortal.Records.Domain.Note");

public sealed class services_are_taken_not_looked_up() : Rule(
    Every.Type("A module", t => t.IsInside && !t.Is("IModule"))
        .MustNotUse("a service locator", (_, u) => u is { To: "System.IServiceProvider", Member: "GetService" } || (u.To.EndsWith("ServiceProviderServiceExtensions", StringComparison.Ordinal) && u.Member.StartsWith("Get", StringComparison.Ordinal)))
        .Because("what a class needs is read in its constructor")
        .Fix("take it in the constructor"),
    new Sample().With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; sealed class Note { public object? Clock(System.IServiceProvider all) => all.GetService(typeof(System.TimeProvider)); }"),
    catches: "PatientPortal.Records.Domain.Note");

public sealed partial class names_say_what_a_thing_is() : Rule(
    Every.Type("A type", t => t.PartName.Length > 0)
        .Must("have a name that says what it is", t => !Empty.Overlaps(Words().Matches(t.Name).Select(m => m.Value)), _ => "is called after nothing")
        .Because("a name that fits everything collects everything")
        .Fix("name it after what it does, in the words of docs/words.md"),
    new Sample().With("src/Modules/Records/Domain/NoteManager.cs", "namespace PatientPortal.Records.Domain; sealed class NoteManager;"),
    catches: "PatientPortal.Records.Domain.NoteManager")
{
    static readonly HashSet<string> Empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Processor", "Dto", "Base", "Common", "Misc"];

    [GeneratedRegex("[A-Z][a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Words();
}

public sealed partial class the_namespace_is_the_folder() : Rule(
    Every.File("A source file", f => f.IsCSharp && f.Path.StartsWith("src/", StringComparison.Ordinal) && !f.IsMigration && Namespace().IsMatch(f.Text))
        .Must("have the namespace of its folder", f => Namespace().Match(f.Text).Groups[1].Value == Expected(f.Folder), f => $"says {Namespace().Match(f.Text).Groups[1].Value}, not {Expected(f.Folder)}")
        .Because("whoever knows the type's name knows where it is")
        .Fix("move the file, or rename the namespace"),
    new Sample().With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Data; sealed class Note;"),
    catches: "src/Modules/Records/Domain/Note.cs")
{
    static string Expected(string folder) => "PatientPortal." + string.Join('.', folder.Split('/') is ["src", "Modules", .. var rest] ? rest : folder.Split('/')[1..]);

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}

public sealed class a_module_has_the_folders_that_all_modules_have() : Rule(
    Every.Thing("A module", p => p.Files.Where(f => f.Module.Length > 0).GroupBy(f => f.Module), m => m.Key)
        .Must("have the same names inside as all others", (_, m) =>
        [
            .. m.Where(f => f.Inside is [var top, ..] && !Folders.Contains(top)).Select(f => ($"has a folder {f.Inside[0]}", f.Path)),
            .. m.Where(f => f.Inside is [] && !Allowed(f)).Select(f => ($"has a file {Path.GetFileName(f.Path)} at the top", f.Path)),
            .. m.Any(f => f.Inside is [] && f.Path.EndsWith("/README.md", StringComparison.Ordinal)) ? [] : new[] { ("has no README.md", "") },
            .. m.Any(f => f.Inside is [] && f.Name == m.Key + "Module") ? [] : new[] { ($"has no {m.Key}Module.cs", "") },
        ])
        .Because("whoever knows one module finds their way in all of them")
        .Fix("put it where the other modules put theirs"),
    new Sample().With("src/Modules/Records/Services/NoteService.cs", "namespace PatientPortal.Records.Services; sealed class NoteService;"),
    catches: "Records")
{
    static readonly string[] Folders = ["Contracts", "Domain", "Data", "ForEveryone", "ForMembers", "ForPatients", "ForStaff", "ForApps", "Jobs", "Reactions", "Synthetic", "Cards", "Texts"];

    static bool Allowed(SourceFile file) => Path.GetFileName(file.Path) is "README.md" or "_Imports.razor" || file.Path.EndsWith(".csproj", StringComparison.Ordinal) || file.Name == file.Module + "Module";
}

public sealed class nothing_logs_a_whole_object() : Rule(
    Every.File("A source file", f => (f.IsCSharp || f.IsRazor) && f.Path.StartsWith("src/", StringComparison.Ordinal))
        .MustNot("log a whole object", f => f.Lines.Index().Where(l => l.Item.Contains("{@", StringComparison.Ordinal) && (f.IsCSharp || l.Item.Contains("Log", StringComparison.Ordinal)))
            .Select(l => ("holds {@", $"{f.Path}:{l.Index + 1}")))
        .Because("a logged request is a chart in a log file")
        .Fix("log the id, and nothing that a patient or a clinician wrote"),
    new Sample().With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; sealed class Note { public string Template => \"Took {@Note}\"; }"),
    catches: "src/Modules/Records/Domain/Note.cs");

public sealed partial class nothing_is_left_for_later() : Rule(
    Every.File("A text of ours", f => Path.GetExtension(f.Path) is ".cs" or ".razor" or ".css" or ".js" or ".md" or ".csproj" or ".props" or ".json" or ".sh" or "")
        .MustNot("leave work for later", f => Later().Matches(f.Text).Select(m => ($"says {m.Value.Trim()}", $"{f.Path}:{f.LineOf(m.Index)}")))
        .Because("what is written down as missing stays missing; what matters is an issue")
        .Fix("do it, or open an issue and delete the line"),
    new Sample().With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; // TO" + "DO seal it\nsealed class Note;"),
    catches: "src/Modules/Records/Domain/Note.cs")
{
    [GeneratedRegex(@"\b(?:TO" + @"DO|FIX" + @"ME|HA" + @"CK)\b|^\s*#region\b|NotImplemented" + "Exception", RegexOptions.Multiline)]
    private static partial Regex Later();
}

public sealed partial class pages_hold_no_inline_style_and_no_inline_script() : Rule(
    Every.File("A page", f => f.IsRazor && f.Path.StartsWith("src/", StringComparison.Ordinal))
        .MustNot("hold inline styles or scripts", f => Inline().Matches(f.Text).Select(m => ($"holds {m.Value.Trim()}", $"{f.Path}:{f.LineOf(m.Index)}")))
        .Because("the content security policy has no `unsafe-inline`: the browser would drop it")
        .Fix("give it a class in portal.css, or put the script in a file"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotesPage.razor", "<p style=\"color: red\">Note</p>"),
    catches: "src/Modules/Records/ForPatients/ListNotes/ListNotesPage.razor")
{
    [GeneratedRegex("""\sstyle="|\son[a-z]+="|<style|<script(?![^>]*\bsrc=)[^>]*>|javascript:""")]
    private static partial Regex Inline();
}

public sealed class stylesheets_and_scripts_stay_light() : Rule(
    Every.File("A stylesheet or script", f => f.Path.StartsWith("src/", StringComparison.Ordinal) && Path.GetExtension(f.Path) is ".css" or ".js")
        .Must("stay within its budget", f => f.Text.Length <= Budget(f), f => $"has {f.Text.Length} bytes of at most {Budget(f)}")
        .Because("somebody reads this at night on a phone, on one bar")
        .Fix("use the tokens and classes that are there; a page's scripts together may have 10 KB"),
    new Sample().With("src/Ui/wwwroot/big.js", new string('/', 10_241)),
    catches: "src/Ui/wwwroot/big.js")
{
    static int Budget(SourceFile file) => file.Path.EndsWith(".css", StringComparison.Ordinal) ? 44 * 1024 : 10 * 1024;
}

public sealed partial class every_text_of_a_patients_page_has_its_spanish() : Rule(
    Every.File("A patient's page", f => f.Module.Length > 0 && (f.IsRazor || f.IsCSharp) && Said().IsMatch(f.Text))
        .Must("have its texts in es.json", (p, f) =>
        {
            var known = p.Files.Where(x => x.Path == $"src/Modules/{f.Module}/Texts/es.json" || x.Path == "src/Ui/Texts/es.json" || x.Path == "src/Kernel/Texts/es.json")
                .SelectMany(x => System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(x.Text)!.Keys).ToHashSet();
            return Said().Matches(f.Text).Select(m => Regex.Unescape(m.Groups[1].Value)).Where(t => !known.Contains(t)).Select(t => ($"has no Spanish for \"{t}\"", f.Path));
        })
        .Because("patient pages exist in English and in Spanish, whole or not at all")
        .Fix("add the line to the module's Texts/es.json"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotesPage.razor", "<h1>@T[\"Notes\"]</h1>"),
    catches: "src/Modules/Records/ForPatients/ListNotes/ListNotesPage.razor")
{
    [GeneratedRegex("""\bT\["((?:[^"\\]|\\.)+)"[\],]""")]
    private static partial Regex Said();
}
