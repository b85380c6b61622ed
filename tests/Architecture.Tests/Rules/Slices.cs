using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PatientPortal.Architecture.Tests.Looking;

namespace PatientPortal.Architecture.Tests.Rules;

public sealed class no_slice_uses_another_slices_types() : Rule(
    Every.Type("A slice", t => t.Slice.Length > 0)
        .MustNotUse("another slice's types", (t, u) => Types.PartOf(u.ToAssembly) == t.PartName && Types.SliceOf(u.Type) is { Length: > 0 } other && other != t.Slice)
        .Because("one story, one folder: a change to one must not be able to break another")
        .Fix("repeat the few lines, or find the idea they share and give it a name in Domain"),
    new Sample()
        .With("src/Modules/Records/ForPatients/ListNotes/ListNotes.cs", "namespace PatientPortal.Records.ForPatients.ListNotes; sealed record NoteLine(string Title);")
        .With("src/Modules/Records/ForPatients/ReadNote/ReadNote.cs", "namespace PatientPortal.Records.ForPatients.ReadNote; sealed record Note(ListNotes.NoteLine Line);"),
    catches: "PatientPortal.Records.ForPatients.ReadNote.Note");

public sealed class a_slice_has_its_shape() : Rule(
    Every.Thing("A slice", p => SliceFolder.In(p), s => s.Path)
        .Must("be <Slice>.cs with <Slice>Request and <Slice>Handler, and pages that end in Page", (_, s) => s.Wrong)
        .Because("whoever has read one slice has read them all")
        .Fix("name the file after the folder, its types after the file; a second request is a second slice"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotes.cs", """
        namespace PatientPortal.Records.ForPatients.ListNotes;
        sealed record NotesQuery;
        sealed class ListNotesHandler;
        """),
    catches: "src/Modules/Records/ForPatients/ListNotes");

public sealed class every_slice_has_its_tests_in_the_mirrored_folder() : Rule(
    Every.Thing("A slice", p => SliceFolder.In(p).Where(s => s.HasCode), s => s.Path)
        .Must("have its tests in the mirrored folder", (p, s) =>
            p.Files.Any(f => f.Path == s.TestPath) ? [] : [($"has no {s.TestPath}", "")])
        .Because("the test of a slice is found where the slice is")
        .Fix("write it there: the good path, one refusal, and somebody else's record is not found"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotes.cs", "namespace PatientPortal.Records.ForPatients.ListNotes; sealed record ListNotesRequest; sealed class ListNotesHandler;"),
    catches: "src/Modules/Records/ForPatients/ListNotes");

public sealed class a_request_and_an_event_say_what_they_promise() : Rule(
    Every.Thing("A request or an event", Promised, r => r.Name)
        .Must("have one sentence above it", (_, r) => r.IsSaid ? [] : [("says nothing", r.Where)])
        .Because("the promise, and what happens when it goes wrong, is what a reader needs before the code")
        .Fix("write a /// <summary> of one sentence above the record"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotes.cs", "namespace PatientPortal.Records.ForPatients.ListNotes; sealed record ListNotesRequest; sealed class ListNotesHandler;"),
    catches: "ListNotesRequest")
{
    static IEnumerable<(string Name, bool IsSaid, string Where)> Promised(Portal portal) =>
        from file in portal.Files
        where file.IsCSharp && file.Module.Length > 0 && !file.IsMigration
        from record in file.Syntax.DescendantNodes().OfType<RecordDeclarationSyntax>()
        let name = record.Identifier.Text
        where file.Inside is ["Contracts", ..] || (file.Inside is [_, _, ..] && name == file.Name + "Request")
        select (name, record.GetLeadingTrivia().Any(t => t.HasStructure), $"{file.Path}:{file.LineOf(record.SpanStart)}");
}

public sealed class slices_pages_and_entities_stay_small() : Rule(
    Every.File("A slice, a page, an entity", f => Limit(f) > 0)
        .Must("stay small", f => f.Length <= Limit(f), f => $"has {f.Length} lines of at most {Limit(f)}")
        .Because("over 200 lines it is two slices, or an idea of the domain is missing")
        .Fix("split the slice, or name the idea in Domain"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotesPage.razor", string.Concat(Enumerable.Repeat("<p></p>\n", 151))),
    catches: "src/Modules/Records/ForPatients/ListNotes/ListNotesPage.razor")
{
    static int Limit(SourceFile file) => file switch
    {
        { Module: "" } => 0,
        { IsRazor: true } => 150,
        { IsCSharp: true, Inside: ["Domain", ..] } => 250,
        { IsCSharp: true, Inside: [var top, _, ..] } when top.StartsWith("For", StringComparison.Ordinal) => 200,
        _ => 0,
    };
}

/// <summary>A folder under an audience or under Jobs: what a person would say they do.</summary>
public sealed record SliceFolder(string Path, IReadOnlyList<SourceFile> Files)
{
    public string Name => Path.Split('/')[^1];
    public bool HasCode => Files.Any(f => f.IsCSharp);
    public string TestPath => Path.Split('/') is [_, _, var module, .. var inside] ? $"tests/{module}.Tests/{string.Join('/', inside[..^1])}/{Name}Tests.cs" : "";

    public static IEnumerable<SliceFolder> In(Portal portal) =>
        portal.Files.Where(f => (f.IsCSharp || f.IsRazor) && f.Inside is [var top, _, ..] && (top.StartsWith("For", StringComparison.Ordinal) || top is "Jobs"))
            .GroupBy(f => string.Join('/', f.Path.Split('/').Take(5)))
            .Select(g => new SliceFolder(g.Key, [.. g]));

    public IEnumerable<(string Did, string Where)> Wrong
    {
        get
        {
            var isJob = Path.Contains("/Jobs/", StringComparison.Ordinal);
            foreach (var file in Files.Where(f => f.IsCSharp && f.Name != Name)) yield return ($"has a second file {file.Name}.cs", file.Path);
            foreach (var page in Files.Where(f => f.IsRazor && !f.Name.EndsWith("Page", StringComparison.Ordinal) && f.Text.Contains("@page", StringComparison.Ordinal)))
                yield return ($"has a page that is not called {Name}Page", page.Path);
            if (isJob || Files.FirstOrDefault(f => f.IsCSharp && f.Name == Name) is not { } code) yield break;
            var types = code.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>().Select(t => t.Identifier.Text).ToHashSet();
            if (!types.Contains(Name + "Request")) yield return ($"has no {Name}Request", code.Path);
            if (!types.Contains(Name + "Handler")) yield return ($"has no {Name}Handler", code.Path);
        }
    }
}
