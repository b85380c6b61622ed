using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForStaff.SeeVisit;

/// <summary>One appointment with its patient and reason, for the staff member who prepares or changes it.</summary>
[Does(Act.Read, "appointment", "Looked at an appointment", Needs = "schedule")]
internal sealed record SeeVisitRequest(Guid Id);

internal sealed class SeeVisitHandler(SchedulingDb db, CurrentStaff me, RequestScope scope, Supplies supplies) : IHandle<SeeVisitRequest, Visit>
{
    public async Task<Outcome<Visit>> Handle(SeeVisitRequest ask, CancellationToken ct)
    {
        _ = me;
        var found = await db.Appointments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == ask.Id, ct);
        if (found is null) return Outcome.NotFound;
        scope.AboutPatient = found.PatientId;
        var other = found.Status is not AppointmentStatus.Booked ? (Guid?)null : await db.Appointments.AsNoTracking()
            .Where(a => a.PatientId == found.PatientId && a.Id != found.Id && a.Status == AppointmentStatus.Booked && (a.MayOverlap || found.MayOverlap) && a.StartsAt < found.EndsAt && a.EndsAt > found.StartsAt)
            .OrderBy(a => a.StartsAt).Select(a => (Guid?)a.Id).FirstOrDefaultAsync(ct);
        return (await db.WithPatients([found], await supplies.Current(db, ct), ct))[0] with { SameTimeAs = other };
    }
}

internal sealed class SeeVisitApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/appointments/{id:guid}", async (Guid id, IHandle<SeeVisitRequest, Visit> see, CancellationToken ct) =>
                (await see.Handle(new(id), ct)).ToHttp())
           .WithName("SeeVisit").Produces<Visit>().ProducesProblem(404);
}
