using Microsoft.Extensions.Hosting;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Messaging.Data;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Runs the sending job as soon as the bell rings, so that an answer is announced in seconds and not with the next round.</summary>
sealed class NoticeRounds(NoticeBell bell, JobRunner jobs) : BackgroundService
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
                while (await jobs.Run("send-notices", stoppingToken) is null) await Task.Delay(Busy, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops; what is due is in the database.
        }
    }
}
