using PatientPortal.Records.Data;

namespace PatientPortal.Records.ForStaff.ListPatientResults;

/// <summary>All results of a patient for staff, newest first: those too that the patient does not see yet, each saying so.</summary>
[Does(Act.Read, "results", "Looked at the list of test results", Needs = "results")]
sealed record ListPatientResultsRequest(DateOnly? From, DateOnly? To, PageAsk Page);

sealed class ListPatientResultsHandler(RecordsDb db, CurrentStaff staff, CurrentPatient patient, TimeProvider clock) : IHandle<ListPatientResultsRequest, ReadyList>
{
    public Task<Outcome<ReadyList>> Handle(ListPatientResultsRequest ask, CancellationToken ct)
    {
        _ = staff;
        return db.ListAll(patient.Id, clock.GetUtcNow(),
            ask.From is { } from ? Zones.StartOfDay(from, patient.TimeZone) : null,
            ask.To is { } to ? Zones.EndOfDay(to, patient.TimeZone) : null, ask.Page, ct);
    }
}

sealed class ListPatientResultsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/patients/{patient}/results", async (DateOnly? from, DateOnly? to, [AsParameters] PageAsk page, IHandle<ListPatientResultsRequest, ReadyList> list, CancellationToken ct) =>
                (await list.Handle(new(from, to, page), ct)).ToHttp(results => results))
           .WithName("ListPatientResults").WithSummary("Results, newest first; `release` says what the patient sees").Produces<Page<Domain.Results.ResultSheet>>().ProducesProblem(400);
}
