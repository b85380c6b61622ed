using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListImmunizations;

/// <summary>A patient's vaccinations, newest first, those too that were not done, with the reason.</summary>
[Does(Act.Read, "immunizations", "Looked at immunizations", Needs = "records")]
sealed record ListImmunizationsRequest(PageAsk Page);

sealed class ListImmunizationsHandler(RecordsDb db, CurrentPatient me) : IHandle<ListImmunizationsRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListImmunizationsRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.Immunizations, ask.Page, ct);
}

sealed class ListImmunizationsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/immunizations", async ([AsParameters] PageAsk page, IHandle<ListImmunizationsRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListImmunizations").WithSummary("Immunizations, newest first").Produces<Page<Immunization>>().ProducesProblem(400);
}
