using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Chart;

namespace PatientPortal.Records.ForPatients.ListAllergies;

/// <summary>A patient's allergies and intolerances, newest first; what was entered in error is left out.</summary>
[Does(Act.Read, "allergies", "Looked at allergies", Needs = "records")]
sealed record ListAllergiesRequest(PageAsk Page);

sealed class ListAllergiesHandler(RecordsDb db, CurrentPatient me) : IHandle<ListAllergiesRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListAllergiesRequest ask, CancellationToken ct) => db.List(me.Id, ChartSection.Allergies, ask.Page, ct);
}

sealed class ListAllergiesApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/allergies", async ([AsParameters] PageAsk page, IHandle<ListAllergiesRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(items => items))
           .WithName("ListAllergies").WithSummary("Allergies and intolerances").Produces<Page<Allergy>>().ProducesProblem(400);
}
