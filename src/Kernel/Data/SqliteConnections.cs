using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace PatientPortal.Kernel.Data;

/// <summary>
/// The open connections of one SQLite database, each with the statements it has prepared. Opening a connection and preparing a statement
/// cost more than a short query itself; a connection is held only while a query runs, so few serve many requests.
/// </summary>
sealed class SqliteConnections(string connectionString) : IDisposable
{
    /// <summary>More than this many wait for nobody: each keeps a page cache.</summary>
    const int MostIdle = 8;

    readonly ConcurrentStack<SqliteSession> idle = new();
    readonly string connectionString = new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString();
    volatile bool closed;

    public SqliteSession Take() => idle.TryPop(out var session) ? session : Open();

    /// <summary>For the lane, which keeps it: a larger page cache, and what a savepoint may need to take back stays in memory.</summary>
    public SqliteSession OpenForWriting()
    {
        var session = Open();
        session.Run("PRAGMA cache_size = -16000");
        session.Run("PRAGMA temp_store = MEMORY");
        // Only when the log keeper does not come to it: whoever commits would wait for the whole log.
        session.Run("PRAGMA wal_autocheckpoint = 20000");
        return session;
    }

    public SqliteSession Open() => new(connectionString);

    public void Give(SqliteSession session)
    {
        if (closed || session.IsSuspect || idle.Count >= MostIdle) session.Dispose();
        else idle.Push(session);
        // Closed meanwhile: nobody else will empty the stack.
        if (closed) Empty();
    }

    public void Dispose()
    {
        closed = true;
        Empty();
    }

    void Empty()
    {
        while (idle.TryPop(out var session)) session.Dispose();
    }
}

/// <summary>One open connection and its prepared statements. It serves one user at a time.</summary>
sealed class SqliteSession : IDisposable
{
    const int Most = 200;

    readonly SqliteConnection connection;
    readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);

    public SqliteSession(string connectionString)
    {
        connection = new(connectionString);
        connection.Open();
    }

    /// <summary>Something worse than a broken constraint happened on it: it is not used again.</summary>
    public bool IsSuspect { get; private set; }

    /// <summary>True inside a transaction. SQLite ends one by itself when the disk is full or fails.</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Takes a statement out, prepared when it was used before. Whoever takes it keeps it or disposes it.</summary>
    public SqliteCommand Take(string sql)
    {
        if (prepared.Remove(sql, out var command)) return command;
        command = connection.CreateCommand();
        SetText(command, sql);
        return command;
    }

    /// <summary>For the next user of the same text.</summary>
    public void Keep(SqliteCommand command)
    {
        command.Parameters.Clear();
        if (prepared.Count >= Most)
        {
            foreach (var old in prepared.Values) old.Dispose();
            prepared.Clear();
        }
        if (!prepared.TryAdd(command.CommandText, command)) command.Dispose();
    }

    /// <summary>One statement without values: the frame of a transaction.</summary>
    public void Run(string sql)
    {
        var command = Take(sql);
        try
        {
            command.ExecuteNonQuery();
        }
        catch
        {
            command.Dispose();
            throw;
        }
        Keep(command);
    }

    /// <summary>Copies the log's pages into the file, without waiting for anybody and without anybody waiting for it.</summary>
    /// <returns>How many frames of the log are not copied yet; 0 when the next change begins the log anew.</returns>
    public int Copy()
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using var row = command.ExecuteReader();
        // Another one that copies right now is no trouble; it does the same.
        return row.Read() && row.GetInt32(0) is 0 ? Math.Max(0, row.GetInt32(1) - row.GetInt32(2)) : 0;
    }

    /// <summary>Runs one change to its end; gives how many rows it changed.</summary>
    public int Change(string sql, SqliteParameter[] values)
    {
        var command = Take(sql);
        try
        {
            foreach (var value in values) command.Parameters.Add(value);
            int changed;
            using (var reader = command.ExecuteReader())
            {
                while (reader.Read()) { }
                reader.Close();
                changed = reader.RecordsAffected;
            }
            Keep(command);
            return changed;
        }
        catch (Exception e)
        {
            if (e is SqliteException broken) Failed(broken);
            // A statement that failed half-way is not used again.
            command.Dispose();
            throw;
        }
    }

    public void Failed(SqliteException e) => IsSuspect |= e.SqliteErrorCode is not (SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_ERROR);

    public void Dispose() => connection.Dispose();

    [SuppressMessage("Security", "CA2100", Justification = "The text comes from a command that its caller wrote with parameters.")]
    static void SetText(SqliteCommand command, string sql) => command.CommandText = sql;
}

/// <summary>
/// What a context or a caller of plain SQL sees as its connection: a session from the pool while it is open. While a change is made, the session
/// of the <see cref="WriteLane"/> stands behind it, and the transaction is the lane's.
/// </summary>
sealed class SqliteDoor(SqliteConnections connections) : DbConnection
{
    SqliteSession? session, writer;

    /// <summary>While it is set, statements are written down in it instead of being run.</summary>
    internal ChangeDraft? Draft { get; set; }

    internal SqliteSession Session => writer ?? session ?? throw new InvalidOperationException("The connection is not open.");

    internal bool Holds(SqliteSession one) => ReferenceEquals(one, writer) || ReferenceEquals(one, session);

    /// <summary>Everything until <see cref="EndWrite"/> goes to the lane's session.</summary>
    internal void BeginWrite(SqliteSession lane) => writer = lane;

    internal void EndWrite() => writer = null;

    [AllowNull]
    public override string ConnectionString { get => ""; set => throw new NotSupportedException("The portal's database is set at start."); }

    public override string Database => "main";

    public override string DataSource => "";

    public override string ServerVersion => SQLitePCL.raw.sqlite3_libversion().utf8_to_string();

    public override ConnectionState State => session is null && writer is null && Draft is null ? ConnectionState.Closed : ConnectionState.Open;

    public override void Open()
    {
        if (writer is null && Draft is null) session ??= connections.Take();
    }

    public override Task OpenAsync(CancellationToken cancellationToken)
    {
        // SQLite answers on the caller's thread: there is nothing to wait for.
        Open();
        return Task.CompletedTask;
    }

    public override void Close()
    {
        if (writer is not null || Draft is not null || session is null) return;
        connections.Give(session);
        session = null;
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException("There is one database.");

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) =>
        throw new NotSupportedException("Changes go through the write lane (ModuleDb.Save, InTransaction, PortalDatabase.Write).");

    protected override DbCommand CreateDbCommand() => new SqliteDoorCommand(this);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            writer = null;
            Close();
        }
        base.Dispose(disposing);
    }
}

/// <summary>Carries text and values to the prepared statement of the session that stands behind the door when it runs.</summary>
sealed class SqliteDoorCommand(SqliteDoor door) : SqliteCommand
{
    SqliteSession? session;
    SqliteCommand? statement;

    public override void Prepare() { }

    public override SqliteDataReader ExecuteReader(CommandBehavior behavior)
    {
        Return();
        session = door.Session;
        statement = session.Take(CommandText);
        statement.CommandTimeout = CommandTimeout;
        foreach (SqliteParameter value in Parameters) statement.Parameters.Add(value);
        try
        {
            return statement.ExecuteReader(behavior & ~CommandBehavior.CloseConnection);
        }
        catch (Exception e)
        {
            if (e is SqliteException broken) session.Failed(broken);
            // A statement that failed half-way is not used again.
            statement.Dispose();
            statement = null;
            throw;
        }
    }

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        if (door.Draft is not { } draft) return ExecuteReader(behavior);
        var presumed = ChangeDraft.Presumed(CommandText);
        draft.Add(this, presumed.HasRows ? static () => new Microsoft.EntityFrameworkCore.DbUpdateConcurrencyException("The row was changed or removed since it was read.") : null);
        return presumed;
    }

    protected override Task<DbDataReader> ExecuteDbDataReaderAsync(CommandBehavior behavior, CancellationToken cancellationToken) =>
        door.Draft is null ? base.ExecuteDbDataReaderAsync(behavior, cancellationToken) : Task.FromResult(ExecuteDbDataReader(behavior));

    public override int ExecuteNonQuery()
    {
        if (door.Draft is { } draft)
        {
            draft.Add(this);
            return 1;
        }
        SqliteDataReader reader;
        using (reader = ExecuteReader(CommandBehavior.Default)) { }
        Return();
        return reader.RecordsAffected;
    }

    public override object? ExecuteScalar()
    {
        if (door.Draft is not null) throw new InvalidOperationException("Nothing is read while a change is written down.");
        object? first;
        using (var reader = ExecuteReader(CommandBehavior.Default)) first = reader.Read() ? reader.GetValue(0) : null;
        Return();
        return first;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Return();
        base.Dispose(disposing);
    }

    void Return()
    {
        if (statement is null) return;
        // Disposed later than its connection, when somebody else may have the session: the statement is not put back.
        if (door.Holds(session!)) session!.Keep(statement);
        else statement.Dispose();
        statement = null;
    }
}
