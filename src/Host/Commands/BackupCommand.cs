using Microsoft.Data.Sqlite;
using PatientPortal.Host.Hosting;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Modules;

namespace PatientPortal.Host.Commands;

/// <summary>Copies the SQLite database while it is in use (SQLite's online backup). The keys are not in it: keep the key file apart.</summary>
[HostCommand("backup", "FILE", Needs = 1)]
sealed class BackupCommand(PortalDatabase database, Settings settings) : IHostCommand
{
    public async Task<bool> Run(IReadOnlyList<string> arguments, TextWriter said, CancellationToken ct)
    {
        if (database.File is null)
        {
            await said.WriteLineAsync("This portal runs on PostgreSQL: use pg_dump, which makes a consistent copy while it is in use.");
            return false;
        }
        var target = Path.GetFullPath(arguments[0]);
        if (File.Exists(target))
        {
            await said.WriteLineAsync($"{target} exists already. Name another file; a backup never overwrites one.");
            return false;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var part = target + ".part";
        File.Delete(part);
        await using (var from = new SqliteConnection(database.ConnectionString))
        await using (var to = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = part, Pooling = false }.ToString()))
        {
            await from.OpenAsync(ct);
            await to.OpenAsync(ct);
            from.BackupDatabase(to);
            if (!await Sound(to, said, ct)) return false;
        }
        File.Move(part, target);
        await said.WriteLineAsync($"Backed up to {target}, {new FileInfo(target).Length:N0} bytes, and read back whole. The key file {settings.KeyFile} is not in it.");
        return true;
    }

    internal static async Task<bool> Sound(SqliteConnection connection, TextWriter said, CancellationToken ct)
    {
        await using var check = connection.Command("PRAGMA integrity_check");
        var found = (string)(await check.ExecuteScalarAsync(ct))!;
        if (found is "ok") return true;
        await said.WriteLineAsync($"The copy is not whole: {found}");
        return false;
    }
}

/// <summary>Puts a backup in the place of the database. The portal must not run; what stood there is kept beside it.</summary>
[HostCommand("restore", "FILE", Needs = 1)]
sealed class RestoreCommand(PortalDatabase database, SoleHost sole, TimeProvider clock) : IHostCommand
{
    public async Task<bool> Run(IReadOnlyList<string> arguments, TextWriter said, CancellationToken ct)
    {
        var (source, target) = (Path.GetFullPath(arguments[0]), database.File is { } file ? Path.GetFullPath(file) : null);
        if (target is null)
        {
            await said.WriteLineAsync("This portal runs on PostgreSQL: use pg_restore.");
            return false;
        }
        if (!File.Exists(source))
        {
            await said.WriteLineAsync($"There is no file {source}.");
            return false;
        }
        await using (var check = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString()))
        {
            try
            {
                await check.OpenAsync(ct);
                if (!await BackupCommand.Sound(check, said, ct)) return false;
                await using var ours = check.Command("SELECT COUNT(*) FROM kernel_migrations");
                await ours.ExecuteScalarAsync(ct);
            }
            catch (SqliteException)
            {
                await said.WriteLineAsync($"{source} is not a backup of this portal.");
                return false;
            }
        }
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!sole.TryEnter())
        {
            await said.WriteLineAsync("The portal runs on this database. Stop it, then restore.");
            return false;
        }
        if (File.Exists(target))
        {
            var kept = $"{target}.before-restore-{clock.GetUtcNow():yyyyMMddHHmmss}";
            await using (var old = new SqliteConnection(database.ConnectionString))
            {
                await old.OpenAsync(ct);
                await using var fold = old.Command("PRAGMA wal_checkpoint(TRUNCATE)");
                await fold.ExecuteNonQueryAsync(ct);
            }
            SqliteConnection.ClearAllPools();
            File.Move(target, kept);
            foreach (var beside in new[] { "-wal", "-shm" }) File.Delete(target + beside);
            await said.WriteLineAsync($"What stood there is kept as {kept}.");
        }
        File.Copy(source, target + ".part", overwrite: true);
        File.Move(target + ".part", target);
        await said.WriteLineAsync($"Restored {source}. Start the portal; the key file must be the one of that time or a later one.");
        return true;
    }
}
