using System.Text;
using Npgsql;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Testing;

/// <summary>
/// Everything that stands in a database, as bytes to search for what must not be there: SQLite's file with its log; on PostgreSQL every table as
/// its rows travel in binary, in which neither text nor bytes are escaped or compressed.
/// </summary>
public sealed class DatabaseBytes
{
    readonly byte[] all;

    DatabaseBytes(byte[] all) => this.all = all;

    public bool Hold(string text) => all.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    public static async Task<DatabaseBytes> Of(PortalDatabase database)
    {
        using var all = new MemoryStream();
        if (database.File is { } file)
        {
            foreach (var part in new[] { file, file + "-wal", file + "-shm" }.Where(File.Exists))
            {
                await using var read = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                await read.CopyToAsync(all);
            }
            return new(all.ToArray());
        }
        await using var connection = await database.Postgres!.OpenConnectionAsync();
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')", connection))
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync()) tables.Add(rows.GetString(0));
        foreach (var table in tables)
        {
            await using var rows = await connection.BeginRawBinaryCopyAsync($"COPY {table} TO STDOUT (FORMAT BINARY)");
            await rows.CopyToAsync(all);
        }
        return new(all.ToArray());
    }
}
