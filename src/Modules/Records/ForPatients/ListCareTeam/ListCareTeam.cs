using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListCareTeam;

/// <summary>Who cares for a patient: current teams and earlier ones.</summary>
[Does(Act.Read, "care team", "Looked at the care team", Needs = "records")]
sealed record ListCareTeamRequest(PageAsk Page);

sealed class ListCareTeamHandler(RecordsDb db, CurrentPatient me) : IHandle<ListCareTeamRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListCareTeamRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.CareTeam, ask.Page, ct);
}

sealed class ListCareTeamApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/care-team", async ([AsParameters] PageAsk page, IHandle<ListCareTeamRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListCareTeam").WithSummary("Care teams").Produces<Page<CareTeam>>().ProducesProblem(400);
}
