using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace PatientPortal.Kernel.Data;

public enum Engine { Sqlite, PostgreSql }

/// <summary>The one database: which engine, how to reach it, and the lane that its writers queue in.</summary>
public sealed class PortalDatabase : IAsyncDisposable
{
    readonly NpgsqlDataSource? postgres;

    public PortalDatabase(Engine engine, string connectionString)
    {
        Engine = engine;
        ConnectionString = connectionString;
        if (engine is Engine.PostgreSql)
        {
            postgres = NpgsqlDataSource.Create(connectionString);
            return;
        }
        Connections = new(connectionString);
        Lane = new(Connections.OpenForWriting);
        Turns = new();
    }

    public Engine Engine { get; }

    public string ConnectionString { get; }

    /// <summary>Where SQLite's changes queue; null on PostgreSQL, which takes them as they come.</summary>
    internal WriteLane? Lane { get; }

    /// <summary>Who works on one thing after another; null on PostgreSQL, where several hosts do and the database lets them wait.</summary>
    internal Turns? Turns { get; }

    /// <summary>SQLite's open connections; null on PostgreSQL.</summary>
    internal SqliteConnections? Connections { get; }

    /// <summary>PostgreSQL's pool; null on SQLite.</summary>
    public NpgsqlDataSource? Postgres => postgres;

    /// <summary>The database file, or null on PostgreSQL.</summary>
    public string? File => Engine is Engine.Sqlite ? new SqliteConnectionStringBuilder(ConnectionString).DataSource : null;

    /// <summary>An open connection from the pool.</summary>
    public async ValueTask<DbConnection> Open(CancellationToken ct)
    {
        if (postgres is not null) return await postgres.OpenConnectionAsync(ct);
        var door = new SqliteDoor(Connections!);
        door.Open();
        return door;
    }

    /// <summary>One statement in its own transaction, on the lane.</summary>
    /// <returns>How many rows it changed.</returns>
    public Task<int> Execute(string sql, CancellationToken ct, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var kept = values.ToArray();
        return Write(background: true, async (connection, transaction) =>
        {
            await using var command = connection.Command(sql, kept);
            command.Transaction = transaction;
            return await command.ExecuteNonQueryAsync(ct);
        }, ct);
    }

    /// <summary>Several statements in one transaction, on the lane; all or nothing.</summary>
    /// <param name="work">Gets the transaction for its commands; null on SQLite, where it is the lane's.</param>
    public async Task<T> Write<T>(bool background, Func<DbConnection, DbTransaction?, Task<T>> work, CancellationToken ct)
    {
        if (Lane is not null)
            return await Lane.Run(background, async session =>
            {
                using var door = new SqliteDoor(Connections!);
                door.BeginWrite(session);
                return await work(door, null);
            }, static _ => true, ct);

        await using var connection = await Open(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var result = await work(connection, transaction);
        await transaction.CommitAsync(ct);
        return result;
    }

    /// <summary>Folds SQLite's log back into its file, between two changes; nothing on PostgreSQL.</summary>
    public Task FoldLog(CancellationToken ct) =>
        Lane?.Alone(static session => session.Run("PRAGMA wal_checkpoint(TRUNCATE)"), ct) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null) await postgres.DisposeAsync();
        Lane?.Dispose();
        Connections?.Dispose();
        if (Engine is Engine.Sqlite)
        {
            // What migrated opened its own.
            using var connection = new SqliteConnection(ConnectionString);
            SqliteConnection.ClearPool(connection);
        }
    }
}

/// <summary>Plain SQL with named values, the same text on both engines.</summary>
public static class Sql
{
    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Add(name, value);
        return command;
    }

    public static void Add(this DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = "@" + name;
        parameter.Value = value ?? DBNull.Value;
        // Untyped nulls are ambiguous to PostgreSQL in expressions; text fits every column that may be null here but the typed ones below.
        command.Parameters.Add(parameter);
    }
}
