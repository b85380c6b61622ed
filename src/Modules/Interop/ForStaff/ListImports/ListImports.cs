using PatientPortal.Interop.Data;

namespace PatientPortal.Interop.ForStaff.ListImports;

/// <summary>The imports so far, newest first, each with what became of it.</summary>
[Does(Act.Read, "imports", "Listed imports", Needs = "import", Trail = false, Because = "It shows counts and times, nobody's record.")]
internal sealed record ListImportsRequest(PageAsk Page);

internal sealed class ListImportsHandler(CurrentStaff me, ArrivalReports reports) : IHandle<ListImportsRequest, Page<ImportLine>>
{
    public Task<Outcome<Page<ImportLine>>> Handle(ListImportsRequest request, CancellationToken ct)
    {
        _ = me;
        return reports.List(request.Page, ct);
    }
}

internal sealed class ListImportsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/imports", async ([AsParameters] PageAsk page, IHandle<ListImportsRequest, Page<ImportLine>> list, CancellationToken ct) =>
            (await list.Handle(new(page), ct)).ToHttp());
}
