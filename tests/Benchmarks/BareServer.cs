using System.Collections.Concurrent;
using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using PatientPortal.Synthetic;

namespace PatientPortal.Benchmarks;

/// <summary>
/// The bare machine: the same kinds of work with nothing around them. No accounts, no access check, no audit, no modules;
/// it is what the portal's figures are a share of.
/// </summary>
internal static class BareServer
{
    /// <summary>As many rows as the patients that are read: 500 of them, 60 Observations each.</summary>
    public static void Fill(string file, DateTimeOffset now)
    {
        using var connection = Open(file);
        Execute(connection, "CREATE TABLE observation (id BLOB PRIMARY KEY, patient INTEGER NOT NULL, at INTEGER NOT NULL, json BLOB NOT NULL) WITHOUT ROWID");
        Execute(connection, "CREATE INDEX observation_of ON observation (patient, at DESC)");
        Execute(connection, "CREATE TABLE note (id INTEGER PRIMARY KEY, patient INTEGER NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL)");
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO observation VALUES ($id, $patient, $at, $json)";
        foreach (var name in new[] { "$id", "$patient", "$at", "$json" }) insert.Parameters.AddWithValue(name, 0);
        var cast = Cast.Part(now, 0, 500, 10_000, accounts: 0, longStories: 0);
        for (var p = 0; p < cast.Patients.Count; p++)
        {
            var at = 0;
            foreach (var resource in cast.StoryOf(cast.Patients[p]).Where(r => r.Type is "Observation"))
            {
                insert.Parameters[0].Value = Key(p, at);
                insert.Parameters[1].Value = p;
                insert.Parameters[2].Value = at++;
                insert.Parameters[3].Value = resource.Json;
                insert.ExecuteNonQuery();
            }
        }
        transaction.Commit();
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    static byte[] Key(int patient, int n)
    {
        var key = new byte[16];
        BitConverter.TryWriteBytes(key, (patient * 2654435761L) ^ ((long)n << 40));
        return key;
    }

    public static async Task Serve(string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.AddServerHeader = false);
        var app = builder.Build();
        var constant = System.Text.Encoding.UTF8.GetBytes("{\"text\":\"" + new string('x', 1000) + "\"}");
        var readers = new ConcurrentBag<Reader>();
        Reader Rent() => readers.TryTake(out var reader) ? reader : new Reader(Open(file));
        using var writer = new Writer(Open(file));
        var gate = new SemaphoreSlim(1);

        app.MapGet("/health", () => "ok");
        app.MapGet("/constant", (HttpContext http) => Answer(http, constant));
        app.MapGet("/one/{n:int}", (HttpContext http, int n) =>
        {
            var reader = Rent();
            var json = reader.One(Key(n % 500, n / 500 % 60));
            readers.Add(reader);
            return Answer(http, json);
        });
        app.MapGet("/twenty/{n:int}", Task (HttpContext http, int n) =>
        {
            var reader = Rent();
            http.Response.ContentType = "application/json";
            reader.Rows(http, n % 500, 20);
            readers.Add(reader);
            return http.Response.BodyWriter.FlushAsync().AsTask();
        });
        app.MapGet("/six/{n:int}", Task (HttpContext http, int n) =>
        {
            var reader = Rent();
            http.Response.ContentType = "application/json";
            for (var query = 0; query < 6; query++) reader.Rows(http, (n + query) % 500, 4);
            readers.Add(reader);
            return http.Response.BodyWriter.FlushAsync().AsTask();
        });
        app.MapPost("/insert", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            await gate.WaitAsync();
            try { writer.Insert(body.ToArray()); }
            finally { gate.Release(); }
            http.Response.StatusCode = 201;
        });
        await app.RunAsync();
    }

    static Task Answer(HttpContext http, byte[] json)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        return http.Response.BodyWriter.WriteAsync(json).AsTask();
    }

    static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA cache_size = -16000");
        return connection;
    }

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>A connection with its statements kept prepared.</summary>
    sealed class Reader
    {
        readonly SqliteCommand one, rows;

        public Reader(SqliteConnection connection)
        {
            one = connection.CreateCommand();
            one.CommandText = "SELECT json FROM observation WHERE id = $id";
            one.Parameters.Add("$id", SqliteType.Blob);
            one.Prepare();
            rows = connection.CreateCommand();
            rows.CommandText = "SELECT json FROM observation WHERE patient = $patient ORDER BY at DESC LIMIT $limit";
            rows.Parameters.Add("$patient", SqliteType.Integer);
            rows.Parameters.Add("$limit", SqliteType.Integer);
            rows.Prepare();
        }

        public byte[] One(byte[] id)
        {
            one.Parameters[0].Value = id;
            return (byte[])one.ExecuteScalar()!;
        }

        public void Rows(HttpContext http, int patient, int limit)
        {
            rows.Parameters[0].Value = patient;
            rows.Parameters[1].Value = limit;
            using var reader = rows.ExecuteReader();
            var output = http.Response.BodyWriter;
            output.Write("["u8);
            var first = true;
            while (reader.Read())
            {
                if (!first) output.Write(","u8);
                first = false;
                output.Write((byte[])reader.GetValue(0));
            }
            output.Write("]"u8);
        }
    }

    sealed class Writer : IDisposable
    {
        readonly SqliteConnection connection;
        readonly SqliteCommand begin, insert, commit;
        long n;

        public Writer(SqliteConnection connection)
        {
            this.connection = connection;
            (begin, insert, commit) = (connection.CreateCommand(), connection.CreateCommand(), connection.CreateCommand());
            begin.CommandText = "BEGIN IMMEDIATE";
            commit.CommandText = "COMMIT";
            insert.CommandText = "INSERT INTO note (patient, at, body) VALUES ($patient, $at, $body)";
            insert.Parameters.Add("$patient", SqliteType.Integer);
            insert.Parameters.Add("$at", SqliteType.Integer);
            insert.Parameters.Add("$body", SqliteType.Blob);
            insert.Prepare();
        }

        public void Insert(byte[] body)
        {
            begin.ExecuteNonQuery();
            (insert.Parameters[0].Value, insert.Parameters[1].Value, insert.Parameters[2].Value) = (n % 500, n++, body);
            insert.ExecuteNonQuery();
            commit.ExecuteNonQuery();
        }

        public void Dispose() => connection.Dispose();
    }
}
