using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using PatientPortal.Kernel.Modules;

namespace PatientPortal.Kernel.Data;

/// <summary>
/// Brings the database to the newest form at start, under a lock that dies with its process: a file lock beside the SQLite database, an advisory
/// lock on PostgreSQL. When nothing is to be done it costs one small query a module and builds no model.
/// </summary>
public sealed class Upgrade(IServiceProvider services, PortalDatabase database, ILogger<Upgrade> log)
{
    /// <summary>Applies what is missing; gives the names of what was applied.</summary>
    public async Task<IReadOnlyList<string>> Apply(CancellationToken ct)
    {
        await using var held = await Lock(ct);
        if (database.Engine is Engine.Sqlite) await Once("PRAGMA journal_mode = WAL", ct);
        var applied = new List<string>();
        var contexts = ((IEnumerable<Migrated>)services.GetService(typeof(IEnumerable<Migrated>))!)
            .OrderBy(m => m.Module is "kernel" ? 0 : 1).ThenBy(m => m.Module, StringComparer.Ordinal);
        foreach (var migrated in contexts)
        {
            var known = Known(migrated.Db);
            var present = await Present(Naming.PrefixOf(migrated.Db) + "_migrations", ct);
            if (present.FirstOrDefault(p => !known.Contains(p)) is { } newer)
                throw new CannotStart($"The database was made by a newer portal: {migrated.Module} has {newer}, which this one does not know. Start the newer one, or restore a backup from before it.");
            if (known.All(present.Contains)) continue;
            // A kill in the middle leaves EF's own lock row behind; ours is held, so it can't be anybody else's.
            if (database.Engine is Engine.Sqlite) await Once("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
            await using var db = migrated.Make(services);
            await db.Database.MigrateAsync(ct);
            applied.AddRange(known.Except(present).Select(m => $"{migrated.Module} {m}"));
            log.LogInformation("Migrated {Module}", migrated.Module);
        }
        return applied;
    }

    /// <summary>Builds the model of every module's context: the work of the first query, done before anybody asks one.</summary>
    public void BuildModels()
    {
        foreach (var migrated in (IEnumerable<Migrated>)services.GetService(typeof(IEnumerable<Migrated>))!)
        {
            using var db = migrated.Make(services);
            _ = db.Model;
        }
    }

    static List<string> Known(Type db) =>
    [
        .. from type in db.Assembly.GetTypes()
           where type.GetCustomAttribute<Microsoft.EntityFrameworkCore.Infrastructure.DbContextAttribute>()?.ContextType == db
           let id = type.GetCustomAttribute<MigrationAttribute>()?.Id
           where id is not null
           orderby id
           select id,
    ];

    async Task<HashSet<string>> Present(string history, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var exists = connection.Command(
            database.Engine is Engine.Sqlite ? "SELECT COUNT(*) FROM sqlite_master WHERE name = @name" : "SELECT COUNT(*) FROM pg_tables WHERE tablename = @name AND schemaname = current_schema()",
            ("name", history));
        if (Convert.ToInt64(await exists.ExecuteScalarAsync(ct), null) == 0) return [];
        await using var command = connection.Command($"SELECT \"MigrationId\" FROM \"{history}\"");
        await using var rows = await command.ExecuteReaderAsync(ct);
        var present = new HashSet<string>();
        while (await rows.ReadAsync(ct)) present.Add(rows.GetString(0));
        return present;
    }

    async Task Once(string sql, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var command = connection.Command(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The lock belongs to the connection, which goes back to its pool as it is: it has to be given back first, or no second host could start.</summary>
    sealed class Locked(System.Data.Common.DbConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (connection)
            {
                await using var command = connection.Command("SELECT pg_advisory_unlock(7235090)");
                await command.ExecuteNonQueryAsync();
            }
        }
    }

    async Task<IAsyncDisposable> Lock(CancellationToken ct)
    {
        if (database.File is not { } file)
        {
            var connection = await database.Open(ct);
            await using var command = connection.Command("SELECT pg_advisory_lock(7235090)");
            // Another host may have long migrations to make: it is waited for, and its lock dies with it.
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync(ct);
            return new Locked(connection);
        }
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new FileStream(file + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None);
            }
            catch (IOException) when (tries < 600)
            {
                await Task.Delay(100, ct);
            }
        }
    }
}
