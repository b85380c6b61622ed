using PatientPortal.Interop.Contracts;
using PatientPortal.Records.Contracts;
using PatientPortal.Records.Data;

namespace PatientPortal.Records.Reactions;

/// <summary>Stores what arrived for this module, each resource unchanged or quarantined with its reason, and answers with one outcome for each.</summary>
sealed class OnResourcesArrived(RecordsDb db, ChartWriter chart, ChartMoves<RecordsDb> charts) : INotificationHandler<ResourcesArrived>
{
    public async Task Handle(ResourcesArrived news, CancellationToken ct)
    {
        if (news.Owner is not "records") return;
        var owner = await charts.NowOf(news.PatientId, ct);
        var intake = await chart.Take(owner, news.Source, news.Resources, ct);
        db.Announce(new ResourcesTaken(news.ArrivalId, news.BatchId, "records", intake.Resources), news.PatientId);
        if (intake.News > 0 && owner is { } patient) db.Announce(new ResultsReleased(news.BatchId, patient, intake.News), patient);
        await db.Save(ct);
    }
}
