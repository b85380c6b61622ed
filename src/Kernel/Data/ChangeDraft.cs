using Microsoft.Data.Sqlite;

namespace PatientPortal.Kernel.Data;

/// <summary>
/// A save that is written down before its turn on the <see cref="WriteLane"/>: EF works out its statements and seals its values on the thread of
/// whoever asked, many at once; the lane, which is one after another, only runs them. What EF would have read from the answers is presumed
/// while they are written down (each update and delete finds its row), and looked at when they run.
/// </summary>
sealed class ChangeDraft
{
    /// <summary>One statement, and what it is a failure of when it changes no row; null when that is none.</summary>
    sealed record Statement(string Sql, SqliteParameter[] Values, Func<Exception>? FoundNothing);

    readonly List<Statement> statements = [];

    public void Add(SqliteCommand command, Func<Exception>? foundNothing = null)
    {
        var values = new SqliteParameter[command.Parameters.Count];
        for (var i = 0; i < values.Length; i++) values[i] = command.Parameters[i];
        statements.Add(new(command.CommandText, values, foundNothing));
    }

    /// <summary>What the last statement is a failure of when it changes no row.</summary>
    public void Otherwise(Func<Exception> foundNothing) => statements[^1] = statements[^1] with { FoundNothing = foundNothing };

    /// <summary>Runs it all; whoever calls this has begun a transaction, and takes it back when this throws.</summary>
    public void Make(SqliteSession session)
    {
        foreach (var statement in statements)
            if (session.Change(statement.Sql, statement.Values) is 0 && statement.FoundNothing is { } failure) throw failure();
    }

    /// <summary>What EF reads while it writes down a statement: an update or delete that returns "1" for its row; an insert that returns nothing.</summary>
    /// <exception cref="NotSupportedException">The statement asks the database for more than that.</exception>
    public static PresumedReader Presumed(string sql)
    {
        if (!sql.Contains("RETURNING", StringComparison.Ordinal)) return new(hasRow: false);
        return sql.AsSpan().TrimEnd(" \r\n;").EndsWith("RETURNING 1", StringComparison.Ordinal) ? new(hasRow: true)
            : throw new NotSupportedException("What the database makes itself is not known before its turn. Keys are made with Ids.New; columns have no defaults.");
    }
}
