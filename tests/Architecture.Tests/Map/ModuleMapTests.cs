using PatientPortal.Architecture.Tests.Looking;
using Shouldly;
using Xunit;

namespace PatientPortal.Architecture.Tests.Map;

public sealed class ModuleMapTests
{
    static readonly string page = Path.Combine(Portal.Real.Root, "docs", "module-map.txt");

    [Fact]
    public void the_module_map_is_fresh()
    {
        var drawn = new ModuleMap(Portal.Real).Draw();
        if (Environment.GetEnvironmentVariable("PORTAL_WRITE_MAP") is "1") File.WriteAllText(page, drawn);
        var kept = File.Exists(page) ? File.ReadAllText(page) : "";
        if (kept == drawn) return;
        string[] are = drawn.Split('\n'), were = kept.Split('\n');
        Assert.Fail($"""
            docs/module-map.txt is stale. Write it again: PORTAL_WRITE_MAP=1 dotnet test tests/Architecture.Tests
            {string.Join("\n", are.Except(were).Select(l => "+ " + l).Concat(were.Except(are).Select(l => "- " + l)).Take(40))}
            """);
    }

    [Fact]
    public void the_map_knows_routes_pages_jobs_events_and_tables()
    {
        var portal = new Sample()
            .With("src/Modules/Records/Contracts/NoteSigned.cs", "using MediatR; namespace PatientPortal.Records.Contracts; public sealed record NoteSigned : INotification;")
            .With("src/Modules/Records/Reactions/OnNoteSigned.cs", """
                using MediatR;
                namespace PatientPortal.Records.Reactions;
                sealed class OnNoteSigned : INotificationHandler<Contracts.NoteSigned>
                {
                    public System.Threading.Tasks.Task Handle(Contracts.NoteSigned news, System.Threading.CancellationToken ct) => System.Threading.Tasks.Task.CompletedTask;
                }
                """)
            .With("src/Modules/Records/ForPatients/ListNotes/ListNotesPage.razor", "@page \"/notes\"")
            .With("src/Modules/Records/ForPatients/ListNotes/ListNotes.cs", """
                using Microsoft.AspNetCore.Builder;
                using Microsoft.AspNetCore.Http;
                using PatientPortal.Kernel.Modules;
                namespace PatientPortal.Records.ForPatients.ListNotes;
                sealed class ListNotesApi : IPatientApi
                {
                    public static void Map(Microsoft.AspNetCore.Routing.IEndpointRouteBuilder api)
                    {
                        var notes = api.MapGroup("/notes").WithTags("notes");
                        notes.MapGet("/{id}", () => "");
                        api.MapPost("/notes", () => "");
                        foreach (var kind in new[] { "old" }) api.MapGet($"/notes/by/{kind}", () => "");
                    }
                }
                """)
            .With("src/Modules/Records/Jobs/SendNotes/SendNotes.cs", """
                using PatientPortal.Kernel.Jobs;
                namespace PatientPortal.Records.Jobs.SendNotes;
                [Job("send-notes")] sealed class SendNotes : IJob;
                """)
            .With("src/Modules/Records/Domain/Note.cs", "namespace PatientPortal.Records.Domain; sealed class Note;")
            .With("src/Modules/Records/Data/Migrations/RecordsDbModelSnapshot.cs", """
                namespace PatientPortal.Records.Data.Migrations;
                static class RecordsDbModelSnapshot
                {
                    static void Build(dynamic model) => model.Entity("PatientPortal.Records.Domain.Note", (System.Action<dynamic>)(b => { b.ToTable("records_notes"); }));
                }
                """)
            .Build();

        var drawn = new ModuleMap(portal).Draw();

        foreach (var line in new[]
        {
            "GET    /api/v1/patients/{patient}/notes/{id}    src/Modules/Records/ForPatients/ListNotes/ListNotes.cs",
            "GET    /api/v1/patients/{patient}/notes/by/{*}  src/Modules/Records/ForPatients/ListNotes/ListNotes.cs",
            "POST   /api/v1/patients/{patient}/notes         src/Modules/Records/ForPatients/ListNotes/ListNotes.cs",
            "/notes  src/Modules/Records/ForPatients/ListNotes/ListNotesPage.razor",
            "send-notes  src/Modules/Records/Jobs/SendNotes/SendNotes.cs",
            "Records.NoteSigned       src/Modules/Records/Contracts/NoteSigned.cs",
            "  NoteSigned -> Records  src/Modules/Records/Reactions/OnNoteSigned.cs",
            "records_notes  src/Modules/Records/Domain/Note.cs",
        }) drawn.ShouldContain(line);
    }
}
