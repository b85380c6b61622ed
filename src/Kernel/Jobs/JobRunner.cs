using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Kernel.Jobs;

/// <summary>A job's last run, as staff see it.</summary>
public sealed record JobState(JobDeclaration Job, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Result, bool? Succeeded, bool Running);

/// <summary>
/// Runs declared jobs. A run is claimed by a conditional update of the job's row, so two hosts (or a job still running) don't run it twice
/// at once; a claim whose host died is taken over after ten minutes, or at the next start where no other host can be (<see cref="SoleHost"/>).
/// </summary>
public sealed class JobRunner(IReadOnlyList<JobDeclaration> jobs, PortalDatabase database, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> log) : IFreeClaims
{
    static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    public IReadOnlyList<JobDeclaration> Jobs => jobs;

    public static IReadOnlyList<JobDeclaration> Find(IEnumerable<Assembly> assemblies) =>
    [
        .. from type in assemblies.SelectMany(a => a.GetTypes())
           where type is { IsAbstract: false } && type.IsAssignableTo(typeof(IJob))
           let job = type.GetCustomAttribute<JobAttribute>() ?? throw new InvalidOperationException($"{type.FullName} is a job without [Job].")
           orderby job.Name
           select new JobDeclaration(job.Name, job.Says, job.EverySeconds > 0 ? TimeSpan.FromSeconds(job.EverySeconds) : null,
               job.DailyAt is { } at ? TimeOnly.ParseExact(at, "HH:mm", null) : null, type),
    ];

    /// <summary>Runs a job now, unless it runs already.</summary>
    /// <returns>What it said, or null when it was already running.</returns>
    public async Task<string?> Run(string name, CancellationToken ct)
    {
        var job = jobs.Single(j => j.Name == name);
        var started = clock.GetUtcNow();
        var until = Instants.Write(started + Lease);
        await database.Execute("INSERT INTO kernel_jobs (name, lease_until) VALUES (@name, 0) ON CONFLICT (name) DO NOTHING", ct, ("name", name));
        var claimed = await database.Execute("UPDATE kernel_jobs SET lease_until = @until, started_at = @now WHERE name = @name AND lease_until < @now", ct,
            ("until", until), ("now", Instants.Write(started)), ("name", name));
        if (claimed == 0) return null;

        string result;
        var (succeeded, stopped) = (true, false);
        try
        {
            await using var unit = scopes.CreateAsyncScope();
            var scope = unit.ServiceProvider.GetRequiredService<RequestScope>();
            (scope.Actor, scope.TraceId) = (Actor.Portal, $"job-{name}");
            result = await ((IJob)unit.ServiceProvider.GetRequiredService(job.Type)).Run(ct);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            // Whoever asked for it went away: the next run must not wait for a lease that nobody holds.
            (succeeded, stopped, result) = (false, true, "Stopped before it was done.");
        }
        catch (Exception e)
        {
            (succeeded, result) = (false, $"Failed: {e.GetType().Name} in {e.TargetSite?.DeclaringType?.Name ?? "?"}.");
            log.LogError("Job {Job} failed: {Error}{Trace}", name, e.GetType().Name, Environment.NewLine + e.StackTrace);
        }
        var ended = Instants.Write(clock.GetUtcNow());
        // A run that took longer than its lease was taken over: the lease that stands is the other's.
        await database.Execute(
            "UPDATE kernel_jobs SET lease_until = 0, ended_at = @ended, result = @result, succeeded = @ok WHERE name = @name AND lease_until = @until", CancellationToken.None,
            ("ended", ended), ("result", result), ("ok", succeeded ? 1 : 0), ("name", name), ("until", until));
        return stopped ? throw new OperationCanceledException(ct) : result;
    }

    /// <summary>The runs that died with their process.</summary>
    public Task<int> Free(CancellationToken ct) => database.Execute(
        "UPDATE kernel_jobs SET lease_until = 0, ended_at = @now, result = @result, succeeded = 0 WHERE lease_until > 0", ct,
        ("now", Instants.Write(clock.GetUtcNow())), ("result", "The portal stopped while it ran."));

    /// <summary>Every declared job with its last run.</summary>
    public async Task<IReadOnlyList<JobState>> States(CancellationToken ct)
    {
        var rows = new Dictionary<string, (long Lease, long? Started, long? Ended, string? Result, bool? Ok)>();
        await using var connection = await database.Open(ct);
        await using var command = connection.Command("SELECT name, lease_until, started_at, ended_at, result, succeeded FROM kernel_jobs");
        await using var read = await command.ExecuteReaderAsync(ct);
        while (await read.ReadAsync(ct))
            rows[read.GetString(0)] = (read.GetInt64(1), read.IsDBNull(2) ? null : read.GetInt64(2), read.IsDBNull(3) ? null : read.GetInt64(3),
                read.IsDBNull(4) ? null : read.GetString(4), read.IsDBNull(5) ? null : read.GetInt32(5) == 1);
        var now = Instants.Write(clock.GetUtcNow());
        return
        [
            .. jobs.Select(j => rows.TryGetValue(j.Name, out var r)
                ? new JobState(j, At(r.Started), At(r.Ended), r.Result, r.Ok, r.Lease > now)
                : new JobState(j, null, null, null, null, false)),
        ];
        static DateTimeOffset? At(long? micros) => micros is { } m ? Instants.Read(m) : null;
    }
}
