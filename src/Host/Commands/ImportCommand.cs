using PatientPortal.Interop.ForStaff.ImportFiles;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Requests;

namespace PatientPortal.Host.Commands;

/// <summary>Imports FHIR bundles from a file or a folder, as the staff's import page does.</summary>
static class ImportCommand
{
    public static async Task<bool> Run(IServiceProvider services, string[] args, TextWriter said, CancellationToken ct)
    {
        // Whoever may start this program may import; the trail says that it was done here.
        services.GetRequiredService<RequestScope>().Actor = new(ActorKind.Staff, Guid.Empty, "Import command", "Operator", Guid.Empty, new HashSet<string> { "import" }, null);
        var outcome = await services.GetRequiredService<IHandle<ImportFilesRequest, ImportedFiles>>().Handle(new(args[0], said), ct);
        if (outcome.Refused(out var refusal, out var files))
        {
            foreach (var why in refusal.Errors?.Values.SelectMany(e => e) ?? [refusal.Detail]) await said.WriteLineAsync(why);
            return false;
        }
        return files.Failed == 0;
    }
}

/// <summary>Makes the first administrator, or another one.</summary>
static class AdminCommand
{
    public static Task<bool> Run(IServiceProvider services, string[] args, TextWriter said, CancellationToken ct) => throw new NotSupportedException();
}
