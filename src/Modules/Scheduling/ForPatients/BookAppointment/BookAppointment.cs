using PatientPortal.Scheduling.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForPatients.BookAppointment;

/// <summary>Takes one open time for the patient. Of several people who want it at once exactly one gets it: the database decides, and the others are offered the nearest times.</summary>
[Does(Act.Create, "appointment", "Booked an appointment", Needs = "appointments")]
internal sealed record BookAppointmentRequest(string Slot, string Reason);

internal sealed class BookAppointmentRules : AbstractValidator<BookAppointmentRequest>
{
    public BookAppointmentRules()
    {
        RuleFor(r => r.Slot).NotEmpty().WithMessage("Choose a time from the list of open times.");
        RuleFor(r => r.Reason).NotEmpty().WithMessage("Please say what the visit is about.")
            .MaximumLength(SchedulingLimits.ReasonLength).WithMessage("Please keep it under 500 characters.");
    }
}

internal sealed class BookAppointmentHandler(
    SchedulingDb db, CurrentPatient me, RequestScope scope, Supplies supplies, OpenTimes openTimes, SchedulingLimits limits, Texts T, TimeProvider clock)
    : IHandle<BookAppointmentRequest, Visit>
{
    public async Task<Outcome<Visit>> Handle(BookAppointmentRequest ask, CancellationToken ct)
    {
        if (me.IsDeceased) return Outcome.Refused("patient_deceased", T["This patient has died."], T["Talk to the clinic about anything that is left to do."]);
        var now = clock.GetUtcNow();
        var supply = await supplies.Current(db, ct);
        if (supply.Take(ask.Slot, now, T).Refused(out var no, out var slot)) return no;

        var appointment = Appointment.Book(Ids.New(clock), me.Id, slot, ask.Reason, VisitActor.Of(scope.Actor, me), now);
        db.Add(appointment);
        db.AddRange(Reminder.For(appointment, now, limits, clock));
        db.Announce(new AppointmentBooked(appointment.Id, me.Id, slot.Start, slot.Location.Zone), me.Id);

        var visit = Visit.Of(appointment, supply, T.Language);
        Refusal? tooMany = null;
        // The patient's bookings come one by one: of many at once none slips past the limits.
        var saved = await db.OneByOne(me.Id, async () =>
        {
            tooMany = limits.Allow(slot, await db.VisitsOf(me.Id, slot, now, moving: null, ct), T);
            return tooMany is null ? await db.TrySave(visit, ct) : Saved.Taken;
        }, ct);
        if (saved is Saved.Done) return visit;
        return tooMany ?? await WhoWasFaster(slot, now, ct);
    }

    /// <summary>The database refused it: the patient's own visit, booked a moment ago, or somebody else's.</summary>
    async Task<Refusal> WhoWasFaster(Slot slot, DateTimeOffset now, CancellationToken ct) =>
        limits.Allow(slot, await db.VisitsOf(me.Id, slot, now, moving: null, ct), T) ?? Refusals.Taken(T, await openTimes.Nearest(slot, ct));
}

internal sealed class BookAppointmentApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/appointments", async (string patient, BookAppointmentRequest ask, IHandle<BookAppointmentRequest, Visit> book, CancellationToken ct) =>
                (await book.Handle(ask, ct)).ToHttp(visit => Results.Created($"/api/v1/patients/{patient}/appointments/{visit.Id}", visit)))
           .WithName("BookAppointment").Produces<Visit>(201).ProducesProblem(409).ProducesProblem(422);
}
