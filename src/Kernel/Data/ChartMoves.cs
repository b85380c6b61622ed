using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PatientPortal.Kernel.Data;

/// <summary>Carried by a module's context whose rows belong to charts (they have a <c>PatientId</c>): they follow when two charts turn out to be one person's, and come back.</summary>
public interface IKeepsCharts
{
    /// <summary>Whether the rows of this entity follow. What is left behind, the module looks for itself.</summary>
    bool Follows(Type entity) => true;

    /// <summary>Before rows move: what a constraint of the module would not let stand side by side in one chart. In the transaction of the move.</summary>
    Task BeforeMove(Guid from, Guid into, CancellationToken ct) => Task.CompletedTask;

    /// <summary>After rows came back.</summary>
    Task AfterReturn(Guid from, Guid into, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>What a module knows of two charts that were joined.</summary>
public sealed class JoinedChart
{
    public required Guid MergeId { get; init; }
    public required Guid FromId { get; init; }
    public required Guid IntoId { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>A row that moved with its chart: what comes back when the merge is undone, and nothing else.</summary>
public sealed class ChartMove
{
    public required Guid MergeId { get; init; }
    public required string TableName { get; init; }

    /// <summary>Its primary key as text; the parts of a composite one with a separator between that no text from a source holds (U+001F).</summary>
    public required string RowKey { get; init; }
}

/// <summary>What follows charts; one a module. The sweep calls all of them.</summary>
public interface IFollowsCharts
{
    /// <summary>Moves what came too late for a merge (it was on its way when the charts were joined), and forgets the rows of merges that can't be undone any more.</summary>
    /// <returns>How many merges had something left to move.</returns>
    Task<int> Sweep(CancellationToken ct);
}

/// <summary>
/// Moves a module's rows from one chart to another, and exactly these back. Set by set in one transaction, whatever their number; seen twice, the second
/// time finds nothing to move. Which tables there are, the model says: one that is added later follows without anybody remembering.
/// </summary>
public sealed class ChartMoves<TDb>(TDb db, TimeProvider clock) : IFollowsCharts where TDb : ModuleDb
{
    /// <summary>A day more than a merge can be undone.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(31);

    /// <summary>Chains of merges are as long as somebody's patience; a circle must end all the same.</summary>
    const int LongestChain = 20;

    IKeepsCharts Module => (IKeepsCharts)(object)db;

    DbSet<JoinedChart> Joined => db.Set<JoinedChart>();

    /// <summary>The chart to which what was announced for this one belongs now: itself, or the one that it was joined into.</summary>
    public async Task<Guid> NowOf(Guid patient, CancellationToken ct)
    {
        for (var i = 0; i < LongestChain; i++)
        {
            if (await Joined.AsNoTracking().Where(j => j.FromId == patient && j.UndoneAt == null).Select(j => (Guid?)j.IntoId).FirstOrDefaultAsync(ct) is not { } into) return patient;
            patient = into;
        }
        return patient;
    }

    public async Task<Guid?> NowOf(Guid? patient, CancellationToken ct) => patient is { } id ? await NowOf(id, ct) : null;

    /// <summary>All rows of the one chart follow it into the other.</summary>
    /// <param name="also">What the module does besides, in the same transaction.</param>
    public Task Merge(Guid merge, Guid from, Guid into, CancellationToken ct, Func<Task>? also = null) => db.InTransaction(async () =>
    {
        if (await MergeInside(merge, from, into, ct) && also is not null) await also();
        await db.Save(ct);
        return true;
    }, ct);

    /// <summary>The rows that followed come back; what arrived in the other chart since stays there.</summary>
    public Task Undo(Guid merge, Guid from, Guid into, CancellationToken ct, Func<Task>? also = null) => db.InTransaction(async () =>
    {
        if (await UndoInside(merge, from, into, ct) && also is not null) await also();
        await db.Save(ct);
        return true;
    }, ct);

    /// <summary>As <see cref="Merge"/>, in the transaction that the caller began.</summary>
    /// <returns>False when it was undone already: that news came first.</returns>
    public async Task<bool> MergeInside(Guid merge, Guid from, Guid into, CancellationToken ct)
    {
        if (await Joined.AsNoTracking().SingleOrDefaultAsync(j => j.MergeId == merge, ct) is { } known)
        {
            if (known.UndoneAt is not null) return false;
        }
        else
        {
            db.Add(new JoinedChart { MergeId = merge, FromId = from, IntoId = into, At = clock.GetUtcNow() });
            await db.Save(ct);
        }
        await Move(merge, from, into, ct);
        // Where the other chart was joined into a third already, they go on: that news may have come first.
        for (var i = 0; i < LongestChain && await Joined.AsNoTracking().FirstOrDefaultAsync(j => j.FromId == into && j.UndoneAt == null, ct) is { } further; i++, into = further.IntoId)
            await Move(further.MergeId, further.FromId, further.IntoId, ct);
        return true;
    }

    /// <summary>As <see cref="Undo"/>, in the transaction that the caller began.</summary>
    /// <returns>False when nothing was joined here: the merge, should its news still come, does nothing.</returns>
    public async Task<bool> UndoInside(Guid merge, Guid from, Guid into, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Takes the row: a sweep that moves for this merge is over, or sees that it is undone.
        if (await Joined.Where(j => j.MergeId == merge && j.UndoneAt == null).ExecuteUpdateAsync(set => set.SetProperty(j => j.UndoneAt, now), ct) == 0)
        {
            if (!await Joined.AnyAsync(j => j.MergeId == merge, ct)) db.Add(new JoinedChart { MergeId = merge, FromId = from, IntoId = into, At = now, UndoneAt = now });
            return false;
        }
        foreach (var table in Tables()) await db.Database.ExecuteSqlRawAsync(Update(table), [from, into, merge, table.Name], ct);
        await db.Set<ChartMove>().Where(m => m.MergeId == merge).ExecuteDeleteAsync(ct);
        await Module.AfterReturn(from, into, ct);
        return true;
    }

    public async Task<int> Sweep(CancellationToken ct)
    {
        var (since, late) = (clock.GetUtcNow() - Kept, 0);
        foreach (var joined in await Joined.AsNoTracking().Where(j => j.UndoneAt == null && j.At > since).OrderBy(j => j.At).ToListAsync(ct))
            if (await HasRows(joined.FromId, ct))
                late += await db.InTransaction(async () =>
                {
                    if (await Joined.Where(j => j.MergeId == joined.MergeId && j.UndoneAt == null).ExecuteUpdateAsync(set => set.SetProperty(j => j.At, joined.At), ct) == 0) return 0;
                    await Move(joined.MergeId, joined.FromId, joined.IntoId, ct);
                    return 1;
                }, ct);
        if (await db.Set<ChartMove>().AnyAsync(m => Joined.Any(j => j.MergeId == m.MergeId && j.At <= since), ct))
            await db.InTransaction(() => db.Set<ChartMove>().Where(m => Joined.Any(j => j.MergeId == m.MergeId && j.At <= since)).ExecuteDeleteAsync(ct), ct);
        return late;
    }

    async Task Move(Guid merge, Guid from, Guid into, CancellationToken ct)
    {
        await Module.BeforeMove(from, into, ct);
        foreach (var table in Tables())
        {
            await db.Database.ExecuteSqlRawAsync(Note(table), [merge, table.Name, from], ct);
            await db.Database.ExecuteSqlRawAsync(Update(table), [into, from, merge, table.Name], ct);
        }
    }

    // Names come from the model, never from anybody's input; values are parameters.
    string Log => NameOf(db.Model.FindEntityType(typeof(ChartMove))!);

    string Note(Table table) =>
        $"INSERT INTO {Log} (merge_id, table_name, row_key) SELECT {{0}}, {{1}}, {table.Key} FROM {table.Name} WHERE {table.Patient} = {{2}} ON CONFLICT DO NOTHING";

    /// <summary>From chart {1} to chart {0} what is written down for the merge {2} and the table {3}: a row that comes in between is left for the sweep, never moved unnoted.</summary>
    string Update(Table table) =>
        $"UPDATE {table.Name} SET {table.Patient} = {{0}} WHERE {table.Patient} = {{1}} AND {table.Key} IN (SELECT row_key FROM {Log} WHERE merge_id = {{2}} AND table_name = {{3}})";

    async Task<bool> HasRows(Guid patient, CancellationToken ct)
    {
        foreach (var table in Tables())
        {
            var rows = $"SELECT 1 AS \"Value\" FROM {table.Name} WHERE {table.Patient} = {{0}}";
            if (await db.Database.SqlQueryRaw<int>(rows, patient).AnyAsync(ct)) return true;
        }
        return false;
    }

    sealed record Table(string Name, string Patient, string Key);

    IEnumerable<Table> Tables() =>
        from entity in db.Model.GetEntityTypes()
        let patient = ChartRows.PatientOf(entity)
        where patient is not null && Module.Follows(entity.ClrType)
        let at = StoreObjectIdentifier.Table(NameOf(entity))
        orderby at.Name
        select new Table(at.Name, patient.GetColumnName(at)!, string.Join(" || '\u001f' || ", entity.FindPrimaryKey()!.Properties.Select(k => $"CAST({k.GetColumnName(at)} AS TEXT)")));

    static string NameOf(IEntityType entity) => entity.GetTableName()!;
}

/// <summary>Which rows belong to a chart.</summary>
public static class ChartRows
{
    /// <summary>The column that names the chart; null where none does, or where the chart is the row's key: such a row is the module's to keep.</summary>
    public static IReadOnlyProperty? PatientOf(IReadOnlyEntityType entity) =>
        entity.FindProperty("PatientId") is { } patient && !patient.IsPrimaryKey() && (patient.ClrType == typeof(Guid) || patient.ClrType == typeof(Guid?)) ? patient : null;

    internal static void Map(ModuleDb db, ModelBuilder model)
    {
        if (db is not IKeepsCharts) return;
        model.Entity<JoinedChart>(e =>
        {
            e.ToTable("JoinedCharts").HasKey(j => j.MergeId);
            e.Property(j => j.MergeId).ValueGeneratedNever();
            e.HasIndex(j => j.FromId);
        });
        model.Entity<ChartMove>(e =>
        {
            e.ToTable("ChartMoves").HasKey(m => new { m.MergeId, m.TableName, m.RowKey });
            e.Property(m => m.TableName).HasMaxLength(100);
            e.Property(m => m.RowKey).HasMaxLength(600);
        });
    }
}
