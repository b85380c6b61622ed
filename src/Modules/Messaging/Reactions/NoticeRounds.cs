using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Messaging.Data;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Runs the sending job as soon as the bell rings, so that an answer is announced in seconds and not with the next round.</summary>
sealed class NoticeRounds(NoticeBell bell, JobRunner jobs, ILogger<NoticeRounds> log) : BackgroundService
{
    static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10), Busy = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                if (!await bell.Heard(Quiet, stoppingToken)) continue;
                // A round that runs already may have looked before this notice was there.
                while (!await Round(stoppingToken)) await Task.Delay(Busy, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops; what is due is in the database.
        }
    }

    /// <summary>False when it has to be tried again.</summary>
    async Task<bool> Round(CancellationToken ct)
    {
        try
        {
            return await jobs.Run("send-notices", ct) is not null;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // A database that is away for a moment: what leaves this service unhandled would end the whole portal.
            log.LogError("The notices could not be looked for: {Kind}", e.GetType().Name);
            return false;
        }
    }
}
