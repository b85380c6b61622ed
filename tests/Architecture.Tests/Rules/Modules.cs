using System.Text.RegularExpressions;
using PatientPortal.Architecture.Tests.Looking;

namespace PatientPortal.Architecture.Tests.Rules;

public sealed class modules_meet_only_at_contracts() : Rule(
    Every.Type("A module", t => t.ModuleName.Length > 0)
        .MustNotUse("the insides of another module", (t, u) =>
            Types.ModuleOf(u.ToAssembly) is { Length: > 0 } other && other != t.ModuleName && !u.ToAssembly.EndsWith(".Contracts", StringComparison.Ordinal))
        .Because("a module that others reach into can no longer change alone")
        .Fix("react to news from the other module's Contracts, or ask its owners to add one"),
    new Sample()
        .With("src/Modules/Records/Data/Chart.cs", "namespace PatientPortal.Records.Data; public static class Chart { public static int Count() => 1; }")
        .With("src/Modules/Messaging/ForPatients/SendMessage/SendMessage.cs", """
            namespace PatientPortal.Messaging.ForPatients.SendMessage;
            public sealed class SendMessageHandler
            {
                public async System.Threading.Tasks.Task<int> Handle() { await System.Threading.Tasks.Task.Yield(); return PatientPortal.Records.Data.Chart.Count(); }
            }
            """),
    catches: "PatientPortal.Messaging.ForPatients.SendMessage.SendMessageHandler");

public sealed class kernel_ui_and_synthetic_use_no_module() : Rule(
    Every.Type("The Kernel, the Ui and the synthetic people", t => t.PartName is "Kernel" or "Ui" or "Synthetic")
        .MustNotUse("a module", (_, u) => Types.ModuleOf(u.ToAssembly).Length > 0)
        .Because("what everything stands on cannot lean on one of the things that stand on it")
        .Fix("turn it round: give the Kernel an interface that the module implements"),
    new Sample()
        .With("src/Modules/Records/Contracts/Seen.cs", "namespace PatientPortal.Records.Contracts; public sealed record Seen;")
        .With("src/Ui/Badge.cs", "namespace PatientPortal.Ui; public sealed class Badge { public PatientPortal.Records.Contracts.Seen? Last; }"),
    catches: "PatientPortal.Ui.Badge");

public sealed class contracts_hold_only_sealed_records_and_enums() : Rule(
    Every.Type("A type in Contracts", t => t.IsContract)
        .Must("be a sealed record without logic, or an enum", (_, t) =>
        [
            .. t.IsEnum || (t.IsRecord && (t.IsSealed || t.IsValueType)) ? [] : new[] { ("is neither a sealed record nor an enum", "") },
            .. t.Methods.Where(m => t.IsRecord && m.IsPublic && !m.IsConstructor && !m.IsCompilerMade).Select(m => ($"has a method of its own: {m.Name}", "")),
        ])
        .Because("other modules compile against these: a record says what happened, and has nothing that can break")
        .Fix("make it a `public sealed record`; move the logic into the module"),
    new Sample().With("src/Modules/Records/Contracts/Chart.cs", "namespace PatientPortal.Records.Contracts; public class Chart { public int Pages() => 1; }"),
    catches: "PatientPortal.Records.Contracts.Chart");

public sealed class every_event_is_public_news() : Rule(
    Every.Type("An event", t => !t.IsInterface && t.Is("INotification"))
        .Must("be in a module's Contracts", t => t.IsContract, _ => "is announced from inside")
        .Because("news that only its own module can read is a method call in disguise")
        .Fix("move the record to Contracts, or call the code directly"),
    new Sample().With("src/Modules/Records/Domain/ChartOpened.cs", "namespace PatientPortal.Records.Domain; sealed record ChartOpened : MediatR.INotification;"),
    catches: "PatientPortal.Records.Domain.ChartOpened");

public sealed class mediatr_carries_news_and_nothing_else() : Rule(
    Every.Type("Portal code", t => t.PartName.Length > 0)
        .MustNotUse("MediatR for requests", (_, u) =>
            u is { ToAssembly: "MediatR" } && (u.To.StartsWith("MediatR.IRequest", StringComparison.Ordinal) || u.To is "MediatR.ISender" || u.Member is "Send"))
        .Because("a request that goes through a mediator cannot be followed from its route to its table")
        .Fix("inject IHandle<TRequest, TAnswer> and call it"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotes.cs", """
        namespace PatientPortal.Records.ForPatients.ListNotes;
        sealed record ListNotesRequest : MediatR.IRequest<int>;
        """),
    catches: "PatientPortal.Records.ForPatients.ListNotes.ListNotesRequest");

public sealed class domain_uses_no_aspnet() : Rule(
    Every.Type("The domain", t => t.IsInside && t.TopFolder is "Domain")
        .MustNotUse("ASP.NET", (_, u) => u.ToAssembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
        .Because("a rule of the clinic is the same whoever asks, through whichever door")
        .Fix("take what the rule needs as arguments"),
    new Sample().With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; sealed class Note { public bool Mine(Microsoft.AspNetCore.Http.HttpContext context) => context.User is not null; }"),
    catches: "PatientPortal.Records.Domain.Note");

public sealed class a_database_is_used_by_its_own_module_only() : Rule(
    Every.Type("Portal code", t => t.PartName.Length > 0)
        .MustNotUse("another module's database", (t, u) =>
            Types.PartOf(u.ToAssembly) != t.PartName && Types.Find(u.Type) is { Name: not "ModuleDb", IsAbstract: false } db && db.Is("ModuleDb"))
        .Because("a table that two own is owned by nobody")
        .Fix("keep the few facts you need in a table of your own, fed by news"),
    new Sample()
        .With("src/Modules/Records/Data/RecordsDb.cs", "namespace PatientPortal.Records.Data; public sealed class RecordsDb : PatientPortal.Kernel.Data.ModuleDb;")
        .With("src/Host/Report.cs", "namespace PatientPortal.Host; sealed class Report(PatientPortal.Records.Data.RecordsDb db) { public object Db => db; }"),
    catches: "PatientPortal.Host.Report");

public sealed partial class tables_carry_their_modules_name_and_refer_to_no_other() : Rule(
    Every.File("A migration", f => f.Module.Length > 0 && f.IsMigration && f.IsCSharp)
        .MustNot("touch a table that is not the module's own", f => Table().Matches(f.Text)
            .Select(m => (Name: m.Groups[1].Value, Line: f.LineOf(m.Index)))
            .Where(t => !t.Name.StartsWith(f.Module.ToLowerInvariant() + "_", StringComparison.Ordinal))
            .Select(t => ($"names {t.Name}", $"{f.Path}:{t.Line}")))
        .Because("a foreign key out of a module ties two that must be able to move apart")
        .Fix("keep the other's id as a plain column"),
    new Sample().With("src/Modules/Records/Data/Migrations/Initial.cs", """
        namespace PatientPortal.Records.Data.Migrations;
        sealed class Initial
        {
            static string ForeignKey(string table, string principalTable) => table + principalTable;
            public static string Up() => ForeignKey(table: "records_notes", principalTable: "identity_patients");
        }
        """),
    catches: "src/Modules/Records/Data/Migrations/Initial.cs")
{
    [GeneratedRegex("""(?:\b(?:table|principalTable)\s*:\s*|CreateTable\(\s*name:\s*|ToTable\()"([^"]+)"(?!\s*,\s*"dbo")""")]
    private static partial Regex Table();
}

public sealed class folders_of_a_module_do_not_use_each_other_in_circles() : Rule(
    Every.Thing("A folder of a module", p => Layers.Of(p), l => l.Name)
        .MustNot("lead back to itself", l => l.Circle is { } circle ? [($"{circle}", "")] : [])
        .Because("in a circle nothing can be read first")
        .Fix("Domain knows nobody, Data knows Domain, everything else knows both"),
    new Sample()
        .With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; sealed class Note { public Data.Notes? All; }")
        .With("src/Modules/Records/Data/Notes.cs", "namespace PatientPortal.Records.Data; sealed class Notes { public Domain.Note? First; }"),
    catches: "Records/Domain");

/// <summary>The top folders of each module, and the shortest way from each back to itself.</summary>
public sealed record Layers(string Name, string? Circle)
{
    public static IEnumerable<Layers> Of(Portal portal)
    {
        var inside = portal.Code.Types.Where(t => t.IsInside && t.TopFolder.Length > 0 && t.TopFolder is not "Synthetic").ToList();
        foreach (var module in inside.GroupBy(t => t.ModuleName))
        {
            var to = module.GroupBy(LayerOf).ToDictionary(g => g.Key, g => g
                .SelectMany(t => portal.Code.UsesOf(t)).Where(u => u.ToAssembly == g.First().Home)
                .Select(u => Types.Find(u.Type) is { } used ? LayerOf(used) : "").Where(f => f.Length > 0 && f != g.Key).Distinct().ToList());
            foreach (var folder in to.Keys.Order()) yield return new($"{module.Key}/{folder}", WayBack(folder, to));
        }
    }

    /// <summary>Slices and the cards that pages are composed of are one layer: a card calls a slice, a page shows a card.</summary>
    static string LayerOf(Mono.Cecil.TypeDefinition type) => type.TopFolder is "Cards" || type.IsForAudience ? "Slices" : type.TopFolder;

    static string? WayBack(string start, Dictionary<string, List<string>> to)
    {
        var queue = new Queue<string[]>([[start]]);
        var seen = new HashSet<string>();
        while (queue.TryDequeue(out var way))
            foreach (var next in to.GetValueOrDefault(way[^1], []))
            {
                if (next == start) return string.Join(" -> ", [.. way, next]);
                if (seen.Add(next)) queue.Enqueue([.. way, next]);
            }
        return null;
    }
}
