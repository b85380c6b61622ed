using System.Globalization;
using PatientPortal.Interop.Data;

namespace PatientPortal.Interop.ForStaff.ReadImport;

/// <summary>What became of one import, by type, and what is in quarantine and why; not found when there was no such import.</summary>
/// <param name="Page">Pages through the quarantine.</param>
[Does(Act.Read, "import", "Read an import's report", Needs = "import", Trail = false, Because = "It shows references, counts and reasons, nobody's record.")]
internal sealed record ReadImportRequest(Guid Id, PageAsk Page);

internal sealed class ReadImportHandler(CurrentStaff me, ArrivalReports reports) : IHandle<ReadImportRequest, ImportReport>
{
    public async Task<Outcome<ImportReport>> Handle(ReadImportRequest request, CancellationToken ct)
    {
        _ = me;
        var after = -1;
        if (request.Page.Cursor is { } cursor && !int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out after)) return Cursor.Bad;
        return await reports.Of(request.Id, after, request.Page.Take, ct) is { } report ? report : Outcome.NotFound;
    }
}

internal sealed class ReadImportApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports/{id:guid}", async (Guid id, [AsParameters] PageAsk page, IHandle<ReadImportRequest, ImportReport> read, CancellationToken ct) =>
            (await read.Handle(new(id, page), ct)).ToHttp());
}
