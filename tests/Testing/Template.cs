using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Testing;

/// <summary>
/// The synthetic clinic at the tests' fixed hour, built once and copied for each app: a file on SQLite, a template database on PostgreSQL.
/// It is named after the portal's compiled code, so a change of the code makes a new one.
/// </summary>
static class Template
{
    /// <summary>Monday, November 23, 2026, 9:00 am in New York.</summary>
    public static readonly DateTimeOffset Hour = new(2026, 11, 23, 14, 0, 0, TimeSpan.Zero);

    public static readonly string Folder = Path.Combine(Path.GetTempPath(), "patient-portal-tests");

    static readonly Lazy<string> CodeHash = new(() =>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory, "PatientPortal.*.dll").Where(f => !Path.GetFileName(f).Contains(".Test", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset()[..8]);
    });

    static string Name => $"portal_template_{CodeHash.Value}";

    public static string KeyFile => Path.Combine(Folder, "tests.keys");

    /// <summary>A fresh copy; gives its connection string.</summary>
    public static async Task<string> Copy(string data)
    {
        Directory.CreateDirectory(Folder);
        await using (await Lock())
        {
            if (!File.Exists(KeyFile)) Kernel.Sealing.KeyFile.AddKey(KeyFile);
            await Build();
        }
        if (PortalApp.Engine is Engine.Sqlite)
        {
            var file = Path.Combine(data, "portal.db");
            File.Copy(Path.Combine(Folder, Name + ".db"), file);
            return $"Data Source={file}";
        }
        var database = $"portal_test_{Guid.CreateVersion7():N}";
        await using var admin = new NpgsqlConnection(PortalApp.PostgresServer);
        await admin.OpenAsync();
        await using var create = new NpgsqlCommand($"CREATE DATABASE {database} TEMPLATE {Name} STRATEGY = FILE_COPY", admin);
        await create.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(PortalApp.PostgresServer) { Database = database, MaxPoolSize = 12 }.ToString();
    }

    static async Task Build()
    {
        if (PortalApp.Engine is Engine.Sqlite)
        {
            var file = Path.Combine(Folder, Name + ".db");
            if (File.Exists(file)) return;
            foreach (var old in Directory.GetFiles(Folder, "portal_template_*.db*").Where(f => File.GetLastWriteTimeUtc(f) < new FileInfo(KeyFile).LastWriteTimeUtc.AddDays(-2))) File.Delete(old);
            var part = file + ".part";
            foreach (var left in Directory.GetFiles(Folder, Path.GetFileName(part) + "*")) File.Delete(left);
            await Fill($"Data Source={part};Pooling=false");
            await using (var connection = new SqliteConnection($"Data Source={part};Pooling=false"))
            {
                await connection.OpenAsync();
                await using var fold = connection.CreateCommand();
                fold.CommandText = "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE; PRAGMA journal_mode = WAL;";
                await fold.ExecuteNonQueryAsync();
            }
            File.Move(part, file);
            return;
        }
        await using var admin = new NpgsqlConnection(PortalApp.PostgresServer);
        await admin.OpenAsync();
        await using var exists = new NpgsqlCommand("SELECT COUNT(*) FROM pg_database WHERE datname = @name AND datistemplate", admin);
        exists.Parameters.AddWithValue("name", Name);
        if ((long)(await exists.ExecuteScalarAsync())! > 0) return;
        foreach (var sql in new[] { $"DROP DATABASE IF EXISTS {Name}", $"CREATE DATABASE {Name}" })
        {
            await using var make = new NpgsqlCommand(sql, admin);
            await make.ExecuteNonQueryAsync();
        }
        await Fill(new NpgsqlConnectionStringBuilder(PortalApp.PostgresServer) { Database = Name, Pooling = false }.ToString());
        await using var mark = new NpgsqlCommand($"ALTER DATABASE {Name} WITH IS_TEMPLATE true", admin);
        await mark.ExecuteNonQueryAsync();
    }

    static async Task Fill(string connectionString)
    {
        var data = Directory.CreateTempSubdirectory("portal-template-").FullName;
        await using (var app = new PortalApp(connectionString, data, fill: true)) await app.Start();
        Directory.Delete(data, recursive: true);
    }

    /// <summary>One builder at a time, across test processes; dies with its process.</summary>
    static async Task<FileStream> Lock()
    {
        while (true)
        {
            try
            {
                return new(Path.Combine(Folder, "building"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(50);
            }
        }
    }
}
