using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Events;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Kernel.Requests;

namespace PatientPortal.Host.Jobs.KeepHouse;

/// <summary>Takes away delivered news after a week and remembered answers after a day, and folds SQLite's log back into its file.</summary>
[Job("keep-house", DailyAt = "03:10", Says = "Takes away delivered news and answers that are no longer needed")]
sealed class KeepHouse(Deliveries deliveries, Repeats repeats, PortalDatabase database) : IJob
{
    static readonly TimeSpan NewsStays = TimeSpan.FromDays(7);

    public async Task<string> Run(CancellationToken ct)
    {
        var news = await deliveries.Tidy(NewsStays, ct);
        var answers = await repeats.Forget(ct);
        await database.FoldLog(ct);
        return $"Took away {news} delivered news and {answers} remembered answers.";
    }
}
