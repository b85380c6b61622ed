using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PatientPortal.Architecture.Tests.Looking;

namespace PatientPortal.Architecture.Tests.Rules;

public sealed class a_page_states_its_audience() : Rule(
    Every.Type("A page", t => t.IsPage)
        .Must("carry the audience of its folder", (_, t) =>
            t.CustomAttributes.Select(a => Types.Find(a.AttributeType)).Where(a => a is not null && a.Is("IAudience")).Select(a => a!.Name).ToList() switch
            {
                [] => [("says nobody may open it, and so everybody may", "")],
                var said when t.IsForAudience && !said.Contains(t.TopFolder + "Attribute") => [($"is in {t.TopFolder} but says {said[0]}", "")],
                _ => [],
            })
        .Because("a page that nobody guarded is a page that everybody can read")
        .Fix("move it under an audience's folder; the _Imports.razor there says it for every page below"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotesPage.cs", """
        namespace PatientPortal.Records.ForPatients.ListNotes;
        [Microsoft.AspNetCore.Components.Route("/notes")]
        public class ListNotesPage : Microsoft.AspNetCore.Components.ComponentBase;
        """),
    catches: "PatientPortal.Records.ForPatients.ListNotes.ListNotesPage");

public sealed class a_route_is_mapped_at_its_audiences_door() : Rule(
    Every.Type("A module's route", t => t.IsInside && t.Methods.Any(m => m.HasBody && m.Body.Instructions.Any(i => i.Operand is Mono.Cecil.MethodReference called && IsMap(called.Name))))
        .Must("be mapped by the door of its folder", t => t.Is(Door(t)), t => $"is in {t.TopFolder} and does not implement {Door(t)}")
        .Because("the folder is the audience: the door adds who may enter, and nobody can forget")
        .Fix("implement the door's interface, and map inside the group that it hands you"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotes.cs", """
        using Microsoft.AspNetCore.Builder;
        namespace PatientPortal.Records.ForPatients.ListNotes;
        sealed class ListNotesApi { public static void Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder api) => api.MapGet("/notes", () => ""); }
        """),
    catches: "PatientPortal.Records.ForPatients.ListNotes.ListNotesApi")
{
    /// <summary>A route that is bound at build time calls "MapGet0", "MapGet1" and so on in place of the framework's "MapGet".</summary>
    static bool IsMap(string method) => method.TrimEnd([.. "0123456789"]) is "MapGet" or "MapPost" or "MapPut" or "MapDelete" or "MapPatch" or "MapMethods";

    static string Door(Mono.Cecil.TypeDefinition type) => type.TopFolder switch
    {
        "ForEveryone" => "IEveryoneApi",
        "ForMembers" => "IMemberApi",
        "ForPatients" => "IPatientApi",
        "ForStaff" => "IStaffApi",
        "ForApps" => "IAppApi",
        _ => "a door: it stands outside every audience",
    };
}

public sealed class a_patients_handler_takes_the_current_patient() : Rule(
    Every.Type("A handler under ForPatients", t => t.IsForAudience && t.TopFolder is "ForPatients" && t.Is("IHandle`2"))
        .Must("take CurrentPatient", t => t.Takes.Contains("CurrentPatient"), _ => "cannot know whose record it opens")
        .Because("records are found through their owner: there is no other way to learn a patient's id")
        .Fix("take CurrentPatient in the constructor, and begin every query with it"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotes.cs", Handler("ForPatients")),
    catches: "PatientPortal.Records.ForPatients.ListNotes.ListNotesHandler")
{
    internal static string Handler(string audience) => $$"""
        namespace PatientPortal.Records.{{audience}}.ListNotes;
        sealed record ListNotesRequest(System.Guid Patient);
        sealed class ListNotesHandler : PatientPortal.Kernel.Requests.IHandle<ListNotesRequest, int>
        {
            public System.Threading.Tasks.Task<int> Handle(ListNotesRequest request) => System.Threading.Tasks.Task.FromResult(1);
        }
        """;
}

public sealed class a_staff_handler_takes_the_current_staff() : Rule(
    Every.Type("A handler under ForStaff", t => t.IsForAudience && t.TopFolder is "ForStaff" && t.Is("IHandle`2"))
        .Must("take CurrentStaff", t => t.Takes.Contains("CurrentStaff"), _ => "cannot know who acts")
        .Because("whoever reads or changes a chart stands in its audit trail by name")
        .Fix("take CurrentStaff in the constructor"),
    new Sample().With("src/Modules/Records/ForStaff/ListNotes/ListNotes.cs", a_patients_handler_takes_the_current_patient.Handler("ForStaff")),
    catches: "PatientPortal.Records.ForStaff.ListNotes.ListNotesHandler");

public sealed class every_request_about_a_patient_is_audited() : Rule(
    Every.Thing("A request under ForPatients, ForStaff or ForApps", p => p.Code.Types
            .Where(t => t.IsForAudience && t.TopFolder is "ForPatients" or "ForStaff" or "ForApps")
            .SelectMany(t => t.Interfaces).Select(i => i.InterfaceType).OfType<Mono.Cecil.GenericInstanceType>()
            .Where(i => i.Name is "IHandle`2").Select(i => Types.Find(i.GenericArguments[0])).OfType<Mono.Cecil.TypeDefinition>(), t => t.FullName)
        .Must("say what it is in the audit trail", (_, t) => t.Has("Does") ? [] : [("carries no [Does]", "")])
        .Because("no disclosure without a record of it")
        .Fix("put [Does(act, what, \"sentence\", Needs = ...)] on the request"),
    new Sample().With("src/Modules/Records/ForPatients/ListNotes/ListNotes.cs", a_patients_handler_takes_the_current_patient.Handler("ForPatients")),
    catches: "PatientPortal.Records.ForPatients.ListNotes.ListNotesRequest");

public sealed class a_menu_entry_counts_through_a_handler() : Rule(
    Every.Type("A menu entry of the staff", t => t is { IsInterface: false } && t.Is("IStaffNav"))
        .Must("take no database", t => !t.Takes.Any(p => p.EndsWith("Db", StringComparison.Ordinal)), _ => "reads beside the page's own read on one context")
        .Because("the menu is drawn while the page reads: on PostgreSQL two reads of one context at once end in an error")
        .Fix("take an IHandle<CountSomethingRequest, int>: a handler waits for its turn"),
    new Sample().With("src/Modules/Records/Cards/NotesNav.cs", """
        namespace PatientPortal.Records.Cards;
        sealed class NotesDb;
        sealed class NotesNav(NotesDb db) : PatientPortal.Kernel.Modules.IStaffNav { public NotesDb Db => db; }
        """),
    catches: "PatientPortal.Records.Cards.NotesNav");

public sealed class a_job_says_when_it_runs() : Rule(
    Every.Type("A job", t => t is { IsInterface: false, IsAbstract: false } && t.Is("IJob") && t.PartName is not "Host")
        .Must("carry [Job]", t => t.Has("Job"), _ => "would never run")
        .Because("the Host finds jobs by that attribute, and staff read on their page what it says")
        .Fix("put [Job(\"its-name\", EverySeconds = ..., Says = \"...\")] on the class"),
    new Sample().With("src/Modules/Records/Jobs/SendNotes/SendNotes.cs", "namespace PatientPortal.Records.Jobs.SendNotes; sealed class SendNotes : PatientPortal.Kernel.Jobs.IJob;"),
    catches: "PatientPortal.Records.Jobs.SendNotes.SendNotes");

public sealed class a_page_asks_who_sits_there_before_its_form_is_filled_in() : Rule(
    Every.Type("A page that sends a request with StepUp", t => t.IsPage && t.Properties
            .Select(p => p.PropertyType).OfType<Mono.Cecil.GenericInstanceType>().Where(i => i.Name is "IHandle`2")
            .Any(i => Types.Find(i.GenericArguments[0])?.CustomAttributes.Any(a => a.AttributeType.Name is "DoesAttribute" && a.Properties.Any(p => p is { Name: "StepUp", Argument.Value: true })) is true))
        .Must("carry [StepUp]", t => t.Has("StepUp"), _ => "asks after everything was filled in")
        .Because("a form that is refused after it was filled in costs its passwords and files")
        .Fix("put @attribute [StepUp] on the page"),
    new Sample().With("src/Modules/Records/ForPatients/ShareNote/ShareNotePage.cs", """
        namespace PatientPortal.Records.ForPatients.ShareNote;
        [PatientPortal.Kernel.Requests.Does("note", StepUp = true)]
        sealed record ShareNoteRequest;
        [Microsoft.AspNetCore.Components.Route("/notes/share")]
        sealed class ShareNotePage : Microsoft.AspNetCore.Components.ComponentBase
        {
            PatientPortal.Kernel.Requests.IHandle<ShareNoteRequest, int> Share { get; set; } = null!;
        }
        """),
    catches: "PatientPortal.Records.ForPatients.ShareNote.ShareNotePage");
