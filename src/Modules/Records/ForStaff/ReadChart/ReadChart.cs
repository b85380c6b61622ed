using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForStaff.ReadChart;

/// <summary>One list of a patient's chart for staff, in the shape the patient gets it; what was entered in error is left out.</summary>
[Does(Act.Read, "chart", "Looked at the chart", Needs = "results")]
sealed record ReadChartRequest(ChartSection Section, PageAsk Page);

sealed class ReadChartHandler(RecordsDb db, CurrentStaff staff, CurrentPatient patient) : IHandle<ReadChartRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ReadChartRequest ask, CancellationToken ct)
    {
        _ = staff;
        return db.List(patient.Id, ask.Section, ask.Page, ct);
    }
}

sealed class ReadChartApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        foreach (var section in Enum.GetValues<ChartSection>())
            api.MapGet($"/patients/{{patient}}/{section.Path()}", async ([AsParameters] PageAsk page, IHandle<ReadChartRequest, ReadyList> read, CancellationToken ct) =>
                    (await read.Handle(new(section, page), ct)).ToHttp(items => items))
               .WithName($"ReadChart{section}").WithSummary($"The patient's {section.Path()}, newest first").Produces(200).ProducesProblem(400);
    }
}
