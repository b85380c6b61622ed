using PatientPortal.Scheduling.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForPatients.RescheduleAppointment;

/// <summary>Moves an appointment to another open time in one step: when the new time can't be had, the old one still stands.</summary>
/// <param name="Version">What the caller last saw (<c>If-Match</c>); null takes it as it is.</param>
[Does(Act.Update, "appointment", "Moved an appointment", Needs = "appointments")]
internal sealed record RescheduleAppointmentRequest(Guid Id, string Slot, int? Version = null);

internal sealed class RescheduleAppointmentRules : AbstractValidator<RescheduleAppointmentRequest>
{
    public RescheduleAppointmentRules() => RuleFor(r => r.Slot).NotEmpty().WithMessage("Choose a time from the list of open times.");
}

internal sealed class RescheduleAppointmentHandler(
    SchedulingDb db, CurrentPatient me, RequestScope scope, Supplies supplies, OpenTimes openTimes, SchedulingLimits limits, Texts T, TimeProvider clock)
    : IHandle<RescheduleAppointmentRequest, Visit>
{
    public async Task<Outcome<Visit>> Handle(RescheduleAppointmentRequest ask, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var appointment = await db.Appointments.SingleOrDefaultAsync(a => a.Id == ask.Id && a.PatientId == me.Id, ct);
        if (appointment is null) return Outcome.NotFound;
        if (ask.Version is { } seen && seen != appointment.Version) return Outcome.Stale();

        var supply = await supplies.Current(db, ct);
        if (supply.MayChange(appointment, now, T) is { } fixedNow) return fixedNow;
        if (supply.Take(ask.Slot, now, T).Refused(out var no, out var slot)) return no;

        var from = Zones.In(appointment.StartsAt, appointment.Zone);
        appointment.MoveTo(slot, VisitActor.Of(scope.Actor, me));
        await db.DropReminders(appointment.Id, ct);
        db.AddRange(Reminder.For(appointment, now, limits, clock));
        db.Announce(new AppointmentRescheduled(appointment.Id, me.Id, from, slot.Start, slot.Location.Zone), me.Id);

        var visit = Visit.Saved(appointment, supply, T.Language);
        Refusal? tooMany = null;
        // As in booking: several visits moved to one day at once are counted one after the other.
        var saved = await db.OneByOne(me.Id, async () =>
        {
            tooMany = limits.Allow(slot, await db.VisitsOf(me.Id, slot, now, appointment.Id, ct), T);
            return tooMany is null ? await db.TrySave(visit, ct) : Saved.Taken;
        }, ct);
        if (tooMany is not null) return tooMany;
        return saved switch
        {
            Saved.Done => visit,
            Saved.Stale => Outcome.Stale(),
            _ => limits.Allow(slot, await db.VisitsOf(me.Id, slot, now, appointment.Id, ct), T) ?? Refusals.Taken(T, await openTimes.Nearest(slot, ct)),
        };
    }
}

internal sealed class RescheduleAppointmentApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/appointments/{id:guid}/reschedule", async (Guid id, RescheduleAppointmentRequest ask, HttpContext http, IHandle<RescheduleAppointmentRequest, Visit> move, CancellationToken ct) =>
                (await move.Handle(ask with { Id = id, Version = ETags.Asked(http) }, ct)).ToHttp())
           .WithName("RescheduleAppointment").Produces<Visit>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
}
