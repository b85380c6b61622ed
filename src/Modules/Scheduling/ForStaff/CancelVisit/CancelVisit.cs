using PatientPortal.Scheduling.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForStaff.CancelVisit;

/// <summary>The clinic cancels a visit, at any time before it ends; the patient reads the reason and is told at once.</summary>
[Does(Act.Update, "appointment", "Cancelled an appointment", Needs = "schedule")]
internal sealed record CancelVisitRequest(Guid Id, string Reason, int? Version = null);

internal sealed class CancelVisitRules : AbstractValidator<CancelVisitRequest>
{
    public CancelVisitRules() => RuleFor(r => r.Reason).NotEmpty().MaximumLength(SchedulingLimits.ReasonLength);
}

internal sealed class CancelVisitHandler(SchedulingDb db, CurrentStaff me, RequestScope scope, Supplies supplies, Texts T, TimeProvider clock)
    : IHandle<CancelVisitRequest, Visit>
{
    public async Task<Outcome<Visit>> Handle(CancelVisitRequest ask, CancellationToken ct)
    {
        _ = me;
        var appointment = await db.Appointments.SingleOrDefaultAsync(a => a.Id == ask.Id, ct);
        if (appointment is null) return Outcome.NotFound;
        scope.AboutPatient = appointment.PatientId;
        if (ask.Version is { } seen && seen != appointment.Version) return Outcome.Stale();
        if (appointment.IsImported) return Refusals.KeptElsewhere(T);
        if (appointment.Status is not AppointmentStatus.Booked || appointment.EndsAt <= clock.GetUtcNow()) return Refusals.NoLongerAhead(T);

        appointment.Cancel(ask.Reason, by: null, clock.GetUtcNow());
        await db.DropReminders(appointment.Id, ct);
        db.Announce(
            new AppointmentCancelled(appointment.Id, appointment.PatientId, Zones.In(appointment.StartsAt, appointment.Zone), appointment.Zone, ByStaff: true),
            appointment.PatientId);

        var visit = Visit.Saved(appointment, await supplies.Current(db, ct));
        return await db.TrySave(visit, ct) is Saved.Done ? visit : Outcome.Stale();
    }
}

internal sealed class CancelVisitApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/appointments/{id:guid}/cancel", async (Guid id, CancelVisitRequest ask, HttpContext http, IHandle<CancelVisitRequest, Visit> cancel, CancellationToken ct) =>
                (await cancel.Handle(ask with { Id = id, Version = ETags.Asked(http) }, ct)).ToHttp())
           .WithName("CancelVisit").Produces<Visit>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
}
