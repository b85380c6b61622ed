using System.Globalization;
using PatientPortal.Interop.Data;

namespace PatientPortal.Interop.ForStaff.DownloadImport;

/// <summary>
/// The bytes of an import exactly as they arrived; everybody whose record is in it gets a line in their trail. Not found when there was no
/// such import, or when it was no bundle and nothing of it was kept. It holds results: importing alone does not open it.
/// </summary>
[Does(Act.Read, "import", "Downloaded an imported file that holds this record", Needs = "results")]
internal sealed record DownloadImportRequest(Guid Id);

/// <summary>What is needed to send it.</summary>
internal sealed record ImportedOriginal(Guid Id, int Bytes, IEnumerable<Guid> PatientIds) : IAboutPatients;

internal sealed class DownloadImportHandler(CurrentStaff me, InteropDb db) : IHandle<DownloadImportRequest, ImportedOriginal>
{
    public async Task<Outcome<ImportedOriginal>> Handle(DownloadImportRequest request, CancellationToken ct)
    {
        if (!me.May("import")) return Outcome.Forbidden("missing_permission", "Your role does not include this. An administrator can change that.");
        var arrival = await db.Arrivals.AsNoTracking().Where(a => a.Id == request.Id && db.ArrivalParts.Any(p => p.ArrivalId == a.Id))
            .Select(a => new { a.Source, a.Bytes }).SingleOrDefaultAsync(ct);
        if (arrival is null) return Outcome.NotFound;
        var patients = await db.KnownPatients.Where(p => p.Source == arrival.Source
            && db.ArrivedItems.Any(i => i.ArrivalId == request.Id && i.PatientReference == p.Reference)).Select(p => p.PatientId).Distinct().ToListAsync(ct);
        return new ImportedOriginal(request.Id, arrival.Bytes, patients);
    }
}

internal sealed class DownloadImportApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports/{id:guid}/original", async (Guid id, HttpContext http, IHandle<DownloadImportRequest, ImportedOriginal> download, InteropDb db, CancellationToken ct) =>
        {
            if ((await download.Handle(new(id), ct)).Refused(out var no, out var original)) return no.ToHttp();
            http.Response.ContentLength = original.Bytes;
            http.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"import-{id}.json\"");
            return Results.Stream(async body =>
            {
                // One piece at a time: the whole may have 64 MB.
                for (var number = 0; await db.ArrivalParts.AsNoTracking().SingleOrDefaultAsync(p => p.ArrivalId == id && p.Number == number, ct) is { } part; number++)
                    await body.WriteAsync(part.Content, ct);
            }, "application/fhir+json");
        });
}
