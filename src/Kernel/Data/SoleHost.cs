using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Kernel.Modules;

namespace PatientPortal.Kernel.Data;

/// <summary>
/// On SQLite one process serves a database: it holds a lock on a file beside it, which the system takes from it when it dies, however it dies.
/// So whatever is claimed when a process begins to serve was claimed by a dead one, and is free again at once. On PostgreSQL other hosts
/// may live: there a claim is free when its lease runs out.
/// </summary>
public sealed class SoleHost(PortalDatabase database, IServiceScopeFactory scopes, ILogger<SoleHost> log) : IDisposable
{
    /// <summary>A portal that is being stopped ends what it has begun: the next one waits for it, twenty seconds in all.</summary>
    const int Tries = 200;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    FileStream? held;

    /// <summary>Makes this process the one that serves the database, until it ends.</summary>
    /// <exception cref="CannotStart">Another process serves it.</exception>
    public Task Enter(CancellationToken ct) => Enter(Tries, ct);

    internal async Task Enter(int tries, CancellationToken ct)
    {
        if (database.File is not { } file || held is not null) return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        while (!TryEnter(file))
        {
            if (--tries <= 0)
                throw new CannotStart($"Another portal serves {file} already. On SQLite one process serves a database: stop the other one, or use PostgreSQL for several hosts.");
            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>False while another process serves the database. True on PostgreSQL, where nobody is locked out.</summary>
    public bool TryEnter() => database.File is not { } file || held is not null || TryEnter(file);

    bool TryEnter(string file)
    {
        try
        {
            held = new(file + ".serving", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Frees what dead processes had claimed; before this one claims anything.</summary>
    public async Task FreeClaims(CancellationToken ct)
    {
        if (database.Engine is not Engine.Sqlite) return;
        if (held is null) throw new InvalidOperationException("Whoever does not serve the database alone can't know that a claim's holder is dead.");
        await using var unit = scopes.CreateAsyncScope();
        var scope = unit.ServiceProvider.GetRequiredService<RequestScope>();
        (scope.Actor, scope.TraceId) = (Actor.Portal, "start");
        var freed = 0;
        foreach (var claims in unit.ServiceProvider.GetServices<IFreeClaims>()) freed += await claims.Free(ct);
        if (freed > 0) log.LogWarning("The portal did not end well the last time: {Count} claims of it are free again", freed);
    }

    public void Dispose() => held?.Dispose();
}
