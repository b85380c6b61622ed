using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Cards;

/// <summary>The visit that the patient has next, for the home page; none is an answer too.</summary>
[Does(Act.Read, "appointment", "Looked at the next appointment", Needs = "appointments")]
internal sealed record NextVisitRequest;

internal sealed record NextVisit(Visit? Visit);

internal sealed class NextVisitHandler(SchedulingDb db, CurrentPatient me, Supplies supplies, Texts T, TimeProvider clock) : IHandle<NextVisitRequest, NextVisit>
{
    public async Task<Outcome<NextVisit>> Handle(NextVisitRequest ask, CancellationToken ct) =>
        new NextVisit(await db.NextOf(me.Id, clock.GetUtcNow()) is { } found
            ? Visit.Of(found.Appointment, await supplies.Of(found.SupplyVersion, db, ct), T.Language)
            : null);
}

/// <summary>The same on <c>GET .../home</c>.</summary>
internal sealed class NextVisitPart(IHandle<NextVisitRequest, NextVisit> next) : IHomePart
{
    public string Name => "nextAppointment";

    public async Task<object?> Read(CancellationToken ct) => (await next.Handle(new(), ct)).Refused(out _, out var found) ? null : found.Visit;
}
