using PatientPortal.Interop.Contracts;
using PatientPortal.Pharmacy.Data;

namespace PatientPortal.Pharmacy.Reactions;

sealed class OnResourcesArrived(PharmacyDb db, ChartMoves<PharmacyDb> charts, TimeProvider clock) : INotificationHandler<ResourcesArrived>
{
    public async Task Handle(ResourcesArrived news, CancellationToken ct)
    {
        if (news.Owner is not "pharmacy") return;

        var intake = await Intake.Open(db, news.Source, await charts.NowOf(news.PatientId, ct), news.Resources, clock.GetUtcNow(), ct);
        var taken = new List<TakenResource>(news.Resources.Count);
        foreach (var resource in news.Resources) taken.Add(await intake.Take(resource, ct));

        db.Announce(new ResourcesTaken(news.ArrivalId, news.BatchId, news.Owner, taken), news.PatientId ?? news.ArrivalId);
        await db.Save(ct);
    }
}
