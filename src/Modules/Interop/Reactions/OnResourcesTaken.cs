using PatientPortal.Interop.Contracts;
using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop.Reactions;

/// <summary>An owner has answered for a batch: the outcomes are recorded, the next batch goes, and the last one ends the arrival.</summary>
internal sealed class OnResourcesTaken(InteropDb db, Batches batches) : INotificationHandler<ResourcesTaken>
{
    public Task Handle(ResourcesTaken news, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (!await batches.Lock(news.ArrivalId, ct)) return default(Done);
        var items = await db.ArrivedItems.AsTracking()
            .Where(i => i.ArrivalId == news.ArrivalId && i.BatchId == news.BatchId && i.Outcome == ItemOutcome.Announced).ToListAsync(ct);
        if (items.Count == 0) return default(Done);

        var answers = news.Resources.ToLookup(r => (r.Type, r.Id));
        foreach (var item in items)
        {
            var answer = answers[(item.Type, item.ResourceId!)].FirstOrDefault();
            item.Take(answer?.Outcome, answer?.Element, answer?.Reason);
        }
        await db.Save(ct);
        await batches.GoOn(news.ArrivalId, null, ct);
        return default(Done);
    }, ct);
}
