using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop.ForStaff.CountImports;

/// <summary>How many imports need a person, for the Today page.</summary>
[Does(Act.Read, "imports", "Counted imports", Needs = "import", Trail = false, Because = "It shows counts, nobody's record.")]
internal sealed record CountImportsRequest;

/// <summary>Imports that need a person.</summary>
/// <param name="Stuck">Still running though nothing moved for 15 minutes.</param>
/// <param name="Quarantined">Ended in the last 7 days with resources in quarantine.</param>
/// <param name="Failed">Of the last 7 days, of which nothing was taken.</param>
internal sealed record ImportCounts(int Stuck, int Quarantined, int Failed);

internal sealed class CountImportsHandler(CurrentStaff me, InteropDb db, TimeProvider clock) : IHandle<CountImportsRequest, ImportCounts>
{
    public async Task<Outcome<ImportCounts>> Handle(CountImportsRequest request, CancellationToken ct)
    {
        _ = me;
        var (stuck, week) = (clock.GetUtcNow() - InteropLimits.Stuck, clock.GetUtcNow().AddDays(-7));
        return new ImportCounts(
            await db.Arrivals.CountAsync(a => a.State == ArrivalState.Working && a.MovedAt < stuck, ct),
            await db.Arrivals.CountAsync(a => a.State == ArrivalState.Done && a.ReceivedAt > week && a.Quarantined > 0, ct),
            await db.Arrivals.CountAsync(a => a.State == ArrivalState.Failed && a.ReceivedAt > week, ct));
    }
}
