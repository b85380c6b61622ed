using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Interop.ForStaff.ImportFiles;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Requests;
using PatientPortal.Testing;
using Shouldly;
using Xunit;
using static PatientPortal.Interop.Tests.ForStaff.Sending;

namespace PatientPortal.Interop.Tests.ForStaff;

public sealed class ImportFilesTests(PortalApp app) : IClassFixture<PortalApp>
{
    async Task<(Outcome<ImportedFiles> Outcome, string Said)> Run(string path, params string[] permissions)
    {
        var said = new StringWriter();
        var outcome = await app.Inside(services =>
        {
            services.GetRequiredService<RequestScope>().Actor = new(ActorKind.Staff, Guid.Empty, "Import command", "Operator", Guid.Empty, permissions.ToHashSet(), null);
            return services.GetRequiredService<IHandle<ImportFilesRequest, ImportedFiles>>().Handle(new(path, said), CancellationToken.None);
        });
        return (outcome, said.ToString());
    }

    [Fact]
    public async Task a_folder_is_imported_file_by_file_and_a_broken_one_does_not_stop_the_others()
    {
        var folder = Directory.CreateTempSubdirectory("import-files-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "1.json"), Bundle(Patient("f1"), Observation("f1-1", "f1")));
            await File.WriteAllTextAsync(Path.Combine(folder, "2.json"), "{");
            await File.WriteAllTextAsync(Path.Combine(folder, "3.ndjson"), $"{Patient("f3").Trim()}\n{Observation("f3-1", "f3").Trim()}\n{Observation("f3-2", "stranger").Trim()}\n");
            await File.WriteAllTextAsync(Path.Combine(folder, "notes.txt"), "not for us");
            var (outcome, said) = await Run(folder, "import");
            outcome.Value.ShouldBe(new ImportedFiles(3, 1, 5, 1));
            said.ShouldContain("2/3 2.json");
            said.ShouldContain("not imported");
            said.ShouldContain("Observation/f3-2: Observation.subject");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task a_path_that_is_not_there_is_refused() => (await Run("/nowhere/at/all", "import")).Outcome.Refusal!.Verdict.ShouldBe(Verdict.Invalid);

    [Fact]
    public async Task without_the_permission_it_is_refused() => (await Run("/nowhere", "inbox")).Outcome.Refusal!.Verdict.ShouldBe(Verdict.Forbidden);
}
