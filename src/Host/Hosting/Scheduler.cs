using PatientPortal.Host.ForStaff.Jobs;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Ui;
using Quartz;

namespace PatientPortal.Host.Hosting;

/// <summary>Hands the declared jobs to Quartz. Modules don't know it: a job is a name, a time and what it runs (docs/adr/0002).</summary>
static class Scheduler
{
    public static void AddScheduler(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IJobClock, QuartzClock>();
        // Tests run jobs by hand, at times they set.
        if (!configuration.GetValue("Portal:RunJobs", true)) return;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Clinic.Of(configuration).Zone);
        services.AddQuartz(quartz =>
        {
            foreach (var job in JobRunner.Find(Modules.All.Select(m => m.Assembly)))
            {
                var name = job.Name;
                quartz.ScheduleJob(name,
                    async (JobRunner runner, CancellationToken ct) => { await runner.Run(name, ct); },
                    trigger => trigger.WithIdentity(name).WithSchedule(job.Every is { } every
                        ? SimpleScheduleBuilder.Create().WithInterval(every).RepeatForever()
                        : CronScheduleBuilder.Create($"0 {job.DailyAt!.Value.Minute} {job.DailyAt.Value.Hour} * * ?").InTimeZone(zone)));
            }
        });
        services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }

    sealed class QuartzClock(IServiceProvider services) : IJobClock
    {
        public async ValueTask<DateTimeOffset?> NextRun(string job, CancellationToken ct)
        {
            if (services.GetService<ISchedulerFactory>() is not { } factory) return null;
            var scheduler = await factory.GetScheduler(ct);
            return (await scheduler.GetTrigger(new TriggerKey(job), ct))?.NextFireTimeUtc;
        }
    }
}
