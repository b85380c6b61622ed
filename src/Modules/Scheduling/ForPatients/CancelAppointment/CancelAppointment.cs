using PatientPortal.Scheduling.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForPatients.CancelAppointment;

/// <summary>Gives the time back. Too shortly before it the patient is told whom to call instead, and nothing changes.</summary>
/// <param name="Version">What the caller last saw (<c>If-Match</c>); null takes it as it is.</param>
[Does(Act.Update, "appointment", "Cancelled an appointment", Needs = "appointments")]
internal sealed record CancelAppointmentRequest(Guid Id, string Reason, int? Version = null);

internal sealed class CancelAppointmentRules : AbstractValidator<CancelAppointmentRequest>
{
    public CancelAppointmentRules() => RuleFor(r => r.Reason).NotEmpty().WithMessage("Please say why you cancel.")
        .MaximumLength(SchedulingLimits.ReasonLength).WithMessage("Please keep it under 500 characters.");
}

internal sealed class CancelAppointmentHandler(SchedulingDb db, CurrentPatient me, RequestScope scope, Supplies supplies, Texts T, TimeProvider clock)
    : IHandle<CancelAppointmentRequest, Visit>
{
    public async Task<Outcome<Visit>> Handle(CancelAppointmentRequest ask, CancellationToken ct)
    {
        var appointment = await db.Appointments.SingleOrDefaultAsync(a => a.Id == ask.Id && a.PatientId == me.Id, ct);
        if (appointment is null) return Outcome.NotFound;
        if (ask.Version is { } seen && seen != appointment.Version) return Outcome.Stale();

        var supply = await supplies.Current(db, ct);
        if (supply.MayChange(appointment, clock.GetUtcNow(), T) is { } no) return no;

        appointment.Cancel(ask.Reason, VisitActor.Of(scope.Actor, me), clock.GetUtcNow());
        await db.DropReminders(appointment.Id, ct);
        db.Announce(new AppointmentCancelled(appointment.Id, me.Id, Zones.In(appointment.StartsAt, appointment.Zone), appointment.Zone, ByStaff: false), me.Id);

        var visit = Visit.Saved(appointment, supply, T.Language);
        return await db.TrySave(visit, ct) is Saved.Done ? visit : Outcome.Stale();
    }
}

internal sealed class CancelAppointmentApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/appointments/{id:guid}/cancel", async (Guid id, CancelAppointmentRequest ask, HttpContext http, IHandle<CancelAppointmentRequest, Visit> cancel, CancellationToken ct) =>
                (await cancel.Handle(ask with { Id = id, Version = ETags.Asked(http) }, ct)).ToHttp())
           .WithName("CancelAppointment").Produces<Visit>().ProducesProblem(404).ProducesProblem(412).ProducesProblem(422);
}
