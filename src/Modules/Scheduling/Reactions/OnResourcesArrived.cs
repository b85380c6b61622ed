using PatientPortal.Interop.Contracts;
using PatientPortal.Scheduling.Data;

namespace PatientPortal.Scheduling.Reactions;

internal sealed class OnResourcesArrived(SchedulingDb db, Supplies supplies, ChartMoves<SchedulingDb> charts, TimeProvider clock) : INotificationHandler<ResourcesArrived>
{
    public async Task Handle(ResourcesArrived news, CancellationToken ct)
    {
        if (news.Owner is not "scheduling") return;

        var intake = await Intake.Open(db, supplies, clock, news.Source, await charts.NowOf(news.PatientId, ct), news.Resources, ct);
        var taken = news.Resources.Select(intake.Take).ToList();

        db.Announce(new ResourcesTaken(news.ArrivalId, news.BatchId, news.Owner, taken), news.PatientId ?? news.ArrivalId);
        await db.Save(ct);
    }
}
