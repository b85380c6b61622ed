using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop.ForStaff.ImportFiles;

/// <summary>
/// Imports a file, or every .json and .ndjson file of a folder, one after the other, and says what became of each; a file that fails does not
/// stop the others. The host's <c>import</c> command.
/// </summary>
/// <param name="Path">A file or a folder.</param>
/// <param name="Says">Where progress is written, a line each.</param>
[Does(Act.Create, "import", "Imported records from a file", Needs = "import")]
internal sealed record ImportFilesRequest(string Path, TextWriter Says, string Source = "import");

/// <summary>How it went.</summary>
/// <param name="Failed">Files of which nothing was taken, or that were not done in time.</param>
internal sealed record ImportedFiles(int Files, int Failed, int Resources, int Quarantined);

internal sealed class ImportFilesHandler(CurrentStaff me, InteropDb db, Intake intake, ArrivalReports reports) : IHandle<ImportFilesRequest, ImportedFiles>
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public async Task<Outcome<ImportedFiles>> Handle(ImportFilesRequest request, CancellationToken ct)
    {
        string[] files = File.Exists(request.Path) ? [request.Path]
            : Directory.Exists(request.Path) ? [.. Directory.EnumerateFiles(request.Path).Where(IsBundle).Order(StringComparer.Ordinal)]
            : [];
        if (files.Length == 0) return Outcome.Invalid("path", "There is no such file, and no folder with .json or .ndjson files.");

        var total = new ImportedFiles(files.Length, 0, 0, 0);
        for (var n = 0; n < files.Length; n++)
        {
            await request.Says.WriteLineAsync($"{n + 1}/{files.Length} {Path.GetFileName(files[n])}");
            var report = await One(files[n], request, ct);
            db.ChangeTracker.Clear();
            total = report is null
                ? total with { Failed = total.Failed + 1 }
                : total with { Resources = total.Resources + report.Resources.Sum(r => r.Came), Quarantined = total.Quarantined + report.Resources.Sum(r => r.Quarantined) };
        }
        await request.Says.WriteLineAsync($"{total.Files - total.Failed} of {total.Files} files imported: {total.Resources} resources, {total.Quarantined} of them in quarantine.");
        return total;
    }

    async Task<ImportReport?> One(string file, ImportFilesRequest request, CancellationToken ct)
    {
        byte[]? content;
        await using (var stream = File.OpenRead(file)) content = await Body.Read(stream, stream.Length, InteropLimits.Bytes, ct);
        if (content is null) return await Fail($"larger than {InteropLimits.Bytes / 1024 / 1024} MB; split it into several");

        var outcome = await intake.Take(new(content, request.Source, Path.GetFileName(file), me.Id, me.Name), id => new Started(id), ct);
        if (outcome.Refused(out var no, out var started)) return await Fail(no.Detail);
        var ended = await reports.Ended(started.Id, Patience, ct);
        var report = (await reports.Of(started.Id, -1, InteropLimits.QuarantineInAnswer, ct))!;
        foreach (var type in report.Resources)
            await request.Says.WriteLineAsync($"  {type.Type,-28} {type.Created,6} created {type.Updated,6} updated {type.Unchanged,6} unchanged {type.Quarantined,6} quarantined");
        foreach (var kept in report.Quarantine)
            await request.Says.WriteLineAsync($"  quarantined {kept.Reference}: {kept.Element}: {kept.Reason}");
        return ended ? report : await Fail("not done yet; the portal goes on with it, see the import's page");

        async Task<ImportReport?> Fail(string why)
        {
            await request.Says.WriteLineAsync($"  not imported: {why}");
            return null;
        }
    }

    sealed record Started(Guid Id);

    static bool IsBundle(string file) => Path.GetExtension(file).ToLowerInvariant() is ".json" or ".ndjson";
}

[HostCommand("import", "FILE|FOLDER", Needs = 1)]
sealed class ImportFilesCommand(IHandle<ImportFilesRequest, ImportedFiles> import) : IHostCommand
{
    public async Task<bool> Run(IReadOnlyList<string> arguments, TextWriter said, CancellationToken ct)
    {
        var outcome = await import.Handle(new(arguments[0], said), ct);
        if (outcome.Refusal is { } no) await said.WriteLineAsync(no.Errors?.Values.FirstOrDefault()?.FirstOrDefault() ?? no.Detail);
        return outcome.IsOk && outcome.Value.Failed == 0;
    }
}
