using PatientPortal.Interop.Contracts;
using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop.Data;

/// <summary>
/// Announces what an arrival still holds, a few batches at a time: the next one goes when an answer comes in, so that
/// no transaction is long and the outbox never holds a whole arrival. Runs inside the caller's transaction, with the arrival's row locked.
/// </summary>
internal sealed class Batches(InteropDb db, TimeProvider clock)
{
    /// <summary>Batches of one arrival that wait for an answer at the same time.</summary>
    const int AtOnce = 4;

    const string Identity = "identity";

    /// <summary>Takes the arrival's row, so that two answers of one arrival are recorded one after the other on every engine.</summary>
    /// <returns>False when there is no such arrival at work.</returns>
    public async Task<bool> Lock(Guid arrivalId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Arrivals.Where(a => a.Id == arrivalId && a.State == ArrivalState.Working)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.MovedAt, now), ct) > 0;
    }

    /// <summary>Announces the next batches, or ends the arrival when nothing is left to answer. Saves nothing itself but the end.</summary>
    /// <param name="content">What arrived, when the caller has it at hand; read from its parts otherwise.</param>
    public async Task GoOn(Guid arrivalId, ReadOnlyMemory<byte>? content, CancellationToken ct)
    {
        var source = await db.Arrivals.Where(a => a.Id == arrivalId).Select(a => a.Source).SingleAsync(ct);
        var open = await db.ArrivedItems.Where(i => i.ArrivalId == arrivalId && i.Outcome == ItemOutcome.Announced).Select(i => i.BatchId).Distinct().CountAsync(ct);
        while (open < AtOnce && await Next(arrivalId, ct) is { Count: > 0 } items)
        {
            await Announce(arrivalId, source, items, content, ct);
            open++;
        }
        if (open == 0) await End(arrivalId, ct);
    }

    /// <summary>The first resource that waits, and those that can go with it: of the same patient, for the same owner.</summary>
    async Task<List<ArrivedItem>> Next(Guid arrivalId, CancellationToken ct)
    {
        var waiting = db.ArrivedItems.Where(i => i.ArrivalId == arrivalId && i.Outcome == ItemOutcome.Waiting);
        var first = await waiting.OrderBy(i => i.Position).Select(i => new { i.Owner, i.PatientReference }).FirstOrDefaultAsync(ct);
        if (first is null) return [];
        var lane = first.Owner is Identity
            ? waiting.Where(i => i.Owner == Identity)
            : waiting.Where(i => i.Owner == first.Owner && i.PatientReference == first.PatientReference);
        var bytes = 0L;
        return [.. (await lane.OrderBy(i => i.Position).Take(InteropLimits.BatchResources).AsTracking().ToListAsync(ct))
            .TakeWhile((item, n) => (bytes += item.Length) <= InteropLimits.BatchBytes || n == 0)];
    }

    async Task Announce(Guid arrivalId, string source, List<ArrivedItem> items, ReadOnlyMemory<byte>? content, CancellationToken ct)
    {
        var batch = Ids.New(clock);
        var json = content is { } whole
            ? [.. items.Select(i => whole.Slice(i.Start, i.Length).ToArray())]
            : await Read(arrivalId, items, ct);
        foreach (var item in items) (item.Outcome, item.BatchId) = (ItemOutcome.Announced, batch);
        if (items[0].Owner is Identity)
        {
            for (var i = 0; i < items.Count; i++)
                // Until there is a chart, a Patient is its source and reference: two versions of one are taken in order.
                db.Announce(new PatientArrived(arrivalId, source, items[i].Reference, json[i]), Ids.Of($"{source}\n{items[i].Reference}"));
        }
        else
        {
            var reference = items[0].PatientReference;
            Guid? patient = reference is null ? null
                : await db.KnownPatients.Where(p => p.Source == source && p.Reference == reference).Select(p => p.PatientId).SingleAsync(ct);
            db.Announce(new ResourcesArrived(arrivalId, batch, items[0].Owner, patient, source,
                [.. items.Zip(json, (item, bytes) => new ArrivedResource(item.Type, item.ResourceId!, bytes))]), patient);
        }
        // The next query has to see these as announced.
        await db.Save(ct);
    }

    /// <summary>The bytes of some resources, without holding more than a few parts of the arrival.</summary>
    async Task<List<byte[]>> Read(Guid arrivalId, List<ArrivedItem> items, CancellationToken ct)
    {
        const int part = InteropLimits.PartBytes;
        var found = items.ConvertAll(i => new byte[i.Length]);
        var numbers = items.SelectMany(i => Enumerable.Range(i.Start / part, (i.Start + i.Length - 1) / part - i.Start / part + 1)).Distinct().Order();
        foreach (var some in numbers.Chunk(16))
            foreach (var piece in await db.ArrivalParts.AsNoTracking().Where(p => p.ArrivalId == arrivalId && some.Contains(p.Number)).ToListAsync(ct))
                for (var i = 0; i < items.Count; i++)
                {
                    var from = Math.Max(items[i].Start, piece.Number * part);
                    var to = Math.Min(items[i].Start + items[i].Length, piece.Number * part + piece.Content.Length);
                    if (from < to) piece.Content.AsSpan(from - piece.Number * part, to - from).CopyTo(found[i].AsSpan(from - items[i].Start));
                }
        return found;
    }

    async Task End(Guid arrivalId, CancellationToken ct)
    {
        // Held without anybody who could let it go would wait for ever; there is no such way today, and none may appear silently.
        if (await db.ArrivedItems.AnyAsync(i => i.ArrivalId == arrivalId && (i.Outcome == ItemOutcome.Held || i.Outcome == ItemOutcome.Waiting), ct)) return;
        var counts = await db.ArrivedItems.Where(i => i.ArrivalId == arrivalId).GroupBy(i => i.Outcome).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        int Of(ItemOutcome outcome) => counts.Where(c => c.Key == outcome).Sum(c => c.Count);
        var (created, updated, unchanged, quarantined, now) = (Of(ItemOutcome.Created), Of(ItemOutcome.Updated), Of(ItemOutcome.Unchanged), Of(ItemOutcome.Quarantined), clock.GetUtcNow());
        await db.Arrivals.Where(a => a.Id == arrivalId).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.State, ArrivalState.Done).SetProperty(a => a.EndedAt, now)
            .SetProperty(a => a.Created, created).SetProperty(a => a.Updated, updated)
            .SetProperty(a => a.Unchanged, unchanged).SetProperty(a => a.Quarantined, quarantined), ct);
    }
}
