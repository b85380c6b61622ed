using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForPatients.SeeAppointment;

/// <summary>One appointment of the patient, whatever its state.</summary>
[Does(Act.Read, "appointment", "Looked at an appointment", Needs = "appointments")]
internal sealed record SeeAppointmentRequest(Guid Id);

internal sealed class SeeAppointmentHandler(SchedulingDb db, CurrentPatient me, Supplies supplies, Texts T) : IHandle<SeeAppointmentRequest, Visit>
{
    public async Task<Outcome<Visit>> Handle(SeeAppointmentRequest ask, CancellationToken ct) =>
        await db.AppointmentOf(me.Id, ask.Id) is { } found
            ? Visit.Of(found.Appointment, await supplies.Of(found.SupplyVersion, db, ct), T.Language)
            : Outcome.NotFound;
}

internal sealed class SeeAppointmentApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/appointments/{id:guid}", async (Guid id, HttpContext http, IHandle<SeeAppointmentRequest, Visit> see, CancellationToken ct) =>
                (await see.Handle(new(id), ct)).ToHttp(visit =>
                {
                    http.Response.Headers.ETag = ETags.Of(visit.Version);
                    return Results.Ok(visit);
                }))
           .WithName("SeeAppointment").Produces<Visit>().ProducesProblem(404);
}
