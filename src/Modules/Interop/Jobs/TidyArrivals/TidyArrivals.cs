using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop.Jobs.TidyArrivals;

/// <summary>Closes arrivals during whose receipt the portal stopped: nobody was told that they were taken, and nothing was announced.</summary>
[Job("tidy-arrivals", EverySeconds = 300, Says = "Closes imports that were interrupted while they came in")]
internal sealed class TidyArrivals(InteropDb db, TimeProvider clock) : IJob
{
    public async Task<string> Run(CancellationToken ct)
    {
        var (now, before) = (clock.GetUtcNow(), clock.GetUtcNow() - InteropLimits.Stuck);
        var left = await db.Arrivals.Where(a => a.State == ArrivalState.Receiving && a.MovedAt < before).Select(a => a.Id).ToListAsync(ct);
        foreach (var id in left)
            await db.InTransaction(async () =>
            {
                var closed = await db.Arrivals.Where(a => a.Id == id && a.State == ArrivalState.Receiving).ExecuteUpdateAsync(set => set
                    .SetProperty(a => a.State, ArrivalState.Failed).SetProperty(a => a.EndedAt, now).SetProperty(a => a.ProblemCode, "interrupted")
                    .SetProperty(a => a.Problem, "The portal stopped while this was coming in. Nothing of it was taken. Send it again."), ct);
                if (closed == 0) return default(Done);
                await db.ArrivedItems.Where(i => i.ArrivalId == id).ExecuteDeleteAsync(ct);
                await db.ArrivalParts.Where(p => p.ArrivalId == id).ExecuteDeleteAsync(ct);
                return default(Done);
            }, ct);
        return left.Count == 0 ? "No import was interrupted." : $"Closed {left.Count} interrupted imports.";
    }
}
