using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Cards;

/// <summary>The visits of the patient whose chart a staff member has open: those ahead, and the latest past ones.</summary>
[Does(Act.Read, "appointments", "Looked at the list of appointments", Needs = "schedule")]
internal sealed record ChartVisitsRequest;

internal sealed record ChartVisits(IReadOnlyList<Visit> Ahead, IReadOnlyList<Visit> Past);

internal sealed class ChartVisitsHandler(SchedulingDb db, CurrentPatient patient, CurrentStaff me, Supplies supplies, TimeProvider clock)
    : IHandle<ChartVisitsRequest, ChartVisits>
{
    const int PastShown = 5;

    public async Task<Outcome<ChartVisits>> Handle(ChartVisitsRequest ask, CancellationToken ct)
    {
        _ = me;
        var now = clock.GetUtcNow();
        var theirs = db.Appointments.AsNoTracking().Where(a => a.PatientId == patient.Id && a.Status != AppointmentStatus.EnteredInError);
        var ahead = await theirs.Where(a => a.EndsAt > now).OrderBy(a => a.StartsAt).Take(PageAsk.Usual).ToListAsync(ct);
        var past = await theirs.Where(a => a.EndsAt <= now).OrderByDescending(a => a.StartsAt).Take(PastShown).ToListAsync(ct);
        var supply = await supplies.Current(db, ct);
        return new ChartVisits([.. ahead.Select(a => Visit.Of(a, supply))], [.. past.Select(a => Visit.Of(a, supply))]);
    }
}
