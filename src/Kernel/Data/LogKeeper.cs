using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PatientPortal.Kernel.Data;

/// <summary>
/// Copies SQLite's log back into its file while people work, on a session of its own. SQLite would do it inside the commit that fills the log: a
/// thousand pages scattered over a large file, for which everybody on the lane waits. The last few are copied on the lane, so that the log begins anew.
/// </summary>
sealed class LogKeeper(PortalDatabase database, ILogger<LogKeeper> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of log that are not worth the work.</summary>
    const long Little = 8 << 20;

    /// <summary>Frames that the lane copies in a millisecond or two.</summary>
    const int Few = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Lane is not { } lane || database.File is not { } file) return;
        var seen = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, stoppingToken);
                var made = lane.Made;
                if (made == seen || new FileInfo(file + "-wal") is not { Exists: true, Length: > Little }) continue;
                seen = made;
                var left = await Task.Run(Copy, stoppingToken);
                if (left is > 0 and < Few) await lane.Alone(static session => session.Copy(), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                log.LogError("The database's log could not be copied: {Kind}", e.GetType().Name);
            }
        }
    }

    int Copy()
    {
        var session = database.Connections!.Take();
        try
        {
            return session.Copy();
        }
        finally
        {
            database.Connections.Give(session);
        }
    }
}
