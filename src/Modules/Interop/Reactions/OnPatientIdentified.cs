using PatientPortal.Identity.Contracts;
using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop.Reactions;

/// <summary>The Patient has a chart: its resources may go to their owners. Or it has none: they go to quarantine with it.</summary>
internal sealed class OnPatientIdentified(InteropDb db, Batches batches, ChartMoves<InteropDb> charts) : INotificationHandler<PatientIdentified>
{
    public Task Handle(PatientIdentified news, CancellationToken ct) => db.InTransaction(async () =>
    {
        if (!await batches.Lock(news.ArrivalId, ct)) return default(Done);
        var items = db.ArrivedItems.Where(i => i.ArrivalId == news.ArrivalId && i.PatientReference == news.Reference);
        var patient = await items.AsTracking().SingleOrDefaultAsync(i => i.Owner == "identity" && i.Outcome == ItemOutcome.Announced, ct);
        if (patient is null) return default(Done);

        patient.Take(news.PatientId is null ? "quarantined" : news.Outcome, news.Element, news.Reason);
        if (await charts.NowOf(news.PatientId, ct) is { } chart && patient.Outcome is not ItemOutcome.Quarantined)
        {
            var source = await db.Arrivals.Where(a => a.Id == news.ArrivalId).Select(a => a.Source).SingleAsync(ct);
            var known = await db.KnownPatients.AsTracking().SingleOrDefaultAsync(p => p.Source == source && p.Reference == news.Reference, ct);
            if (known is null) db.KnownPatients.Add(new() { Source = source, Reference = news.Reference, PatientId = chart });
            else known.PatientId = chart;
            await items.Where(i => i.Outcome == ItemOutcome.Held).ExecuteUpdateAsync(set => set.SetProperty(i => i.Outcome, ItemOutcome.Waiting), ct);
        }
        else
        {
            await items.Where(i => i.Outcome == ItemOutcome.Held).ExecuteUpdateAsync(set => set
                .SetProperty(i => i.Outcome, ItemOutcome.Quarantined)
                .SetProperty(i => i.Element, i => i.PatientElement)
                .SetProperty(i => i.Reason, "Its Patient was quarantined, so it can't be put into a chart."), ct);
        }
        await db.Save(ct);
        await batches.GoOn(news.ArrivalId, null, ct);
        return default(Done);
    }, ct);
}
