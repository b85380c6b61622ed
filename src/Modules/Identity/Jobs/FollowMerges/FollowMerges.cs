namespace PatientPortal.Identity.Jobs.FollowMerges;

/// <summary>Moves what was on its way when charts were joined (a request that had begun, a delivery that was held up), in every module; and forgets what merges moved that can't be undone any more.</summary>
[Job("follow-merges", EverySeconds = 900, Says = "Moves what came late for charts that were joined")]
sealed class FollowMerges(IEnumerable<IFollowsCharts> modules) : IJob
{
    public async Task<string> Run(CancellationToken ct)
    {
        var late = 0;
        foreach (var module in modules) late += await module.Sweep(ct);
        return late == 0 ? "Nothing came late." : $"Moved what came late in {late} places.";
    }
}
