using System.Data.Common;
using MediatR;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Kernel.Data;

/// <summary>How a save ended.</summary>
public enum Saved
{
    /// <summary>Committed, durably.</summary>
    Done,

    /// <summary>A constraint of the database said no: somebody was faster. Nothing was written.</summary>
    Taken,

    /// <summary>Somebody changed a row since it was read. Nothing was written.</summary>
    Stale,
}

/// <summary>Rows that two people may edit: a save of a stale one fails instead of losing an update.</summary>
public interface IVersioned
{
    int Version { get; set; }
}

/// <summary>
/// A module's own tables. Every save is one transaction on the write lane that also holds, when there are any: the outbox rows of what was
/// announced, the audit row of the request, the remembered answer of its idempotency key, and the receipt of the delivery it answers.
/// </summary>
public abstract class ModuleDb(DbContextOptions options) : DbContext(options)
{
    readonly List<(INotification News, Guid? Subject)> announced = [];
    object? answer;
    bool inTransaction, isAlone, savedAlone, rings;
    SqliteDoor? door;

    /// <summary>The unit of work this context serves; set when it is rented.</summary>
    internal RequestScope Scope { get; set; } = null!;

    internal Kept Kept { get; set; } = null!;

    /// <summary>Says something happened, to whoever listens; part of the next save. Order is kept for each subject.</summary>
    /// <param name="news">A past-tense record from this module's Contracts.</param>
    /// <param name="subject">Whom it is about, usually the patient's id.</param>
    public void Announce(INotification news, Guid? subject) => announced.Add((news, subject));

    /// <summary>Saves what was changed and announced.</summary>
    /// <exception cref="DbUpdateException">A constraint said no.</exception>
    public Task Save(CancellationToken ct) => SaveChangesAsync(ct);

    /// <summary>Saves, and tells a lost race from success. <paramref name="answer"/> is what the handler will return; it is remembered with the change.</summary>
    public async Task<Saved> TrySave(object? answer, CancellationToken ct)
    {
        this.answer = answer;
        try
        {
            await SaveChangesAsync(ct);
            return Saved.Done;
        }
        catch (DbUpdateConcurrencyException)
        {
            return Saved.Stale;
        }
        catch (DbUpdateException e) when (IsTaken(e.InnerException))
        {
            return Saved.Taken;
        }
        catch (DbException e) when (IsTaken(e))
        {
            return Saved.Taken;
        }
        finally
        {
            this.answer = null;
        }
    }

    /// <summary>
    /// Several statements as one transaction that begins as a write (conditional updates, then a save). An outcome that is a refusal, or an
    /// exception, takes everything back.
    /// </summary>
    public Task<T> InTransaction<T>(Func<Task<T>> work, CancellationToken ct)
    {
        if (isAlone) throw new InvalidOperationException("What is done one by one saves once, by itself.");
        return Transaction(work, ct);
    }

    async Task<T> Transaction<T>(Func<Task<T>> work, CancellationToken ct)
    {
        SavesOnce();
        return await Transact(async () =>
        {
            inTransaction = true;
            try
            {
                var result = await work();
                if (Keeps(result)) await WriteKept(ct);
                return result;
            }
            finally
            {
                inTransaction = false;
            }
        }, Keeps, ct);

        static bool Keeps(T result) => result is not (IOutcome { Refusal: not null } or Saved.Taken or Saved.Stale);
    }

    /// <summary>
    /// Work that others must not do at the same moment with the same thing (a conversation, a patient's bookings): they wait, each sees what the one
    /// before it saved, and none is refused for coming at once. It reads, and saves last and once; a refusal after that save would not take it back.
    /// </summary>
    /// <param name="thing">An id; whoever asks this context's module for the same one waits.</param>
    public async Task<T> OneByOne<T>(Guid thing, Func<Task<T>> work, CancellationToken ct)
    {
        if (inTransaction || isAlone) throw new InvalidOperationException("This waits for others already: a second wait could be for each other.");
        isAlone = true;
        try
        {
            if (Kept.Database.Turns is not { } turns)
                return await Transaction(async () =>
                {
                    await using var wait = Database.GetDbConnection().Command("SELECT pg_advisory_xact_lock(hashtextextended(@thing, 0))", ("thing", $"{GetType().Name} {thing:N}"));
                    wait.Transaction = Database.CurrentTransaction!.GetDbTransaction();
                    await wait.ExecuteNonQueryAsync(ct);
                    return await work();
                }, ct);

            // SQLite has one host, so the wait is in this process; the lane stays free for everybody else.
            using var turn = await turns.Take(HashCode.Combine(GetType(), thing), ct);
            return await work();
        }
        finally
        {
            isAlone = savedAlone = false;
        }
    }

    /// <summary>
    /// One transaction: on SQLite the write lane's, which may hold the changes of several requests, each taken back by itself; on PostgreSQL its own.
    /// </summary>
    Task<T> Transact<T>(Func<Task<T>> work, Func<T, bool> keep, CancellationToken ct) => Settle(async () =>
    {
        if (Kept.Database.Lane is { } lane)
            return await lane.Run(Scope.IsBackground, async session =>
            {
                door!.BeginWrite(session);
                try
                {
                    return await work();
                }
                finally
                {
                    door.EndWrite();
                }
            }, keep, ct);

        await using var transaction = await Database.BeginTransactionAsync(ct);
        var result = await work();
        // Whoever goes away now must not leave it unknown how it ended.
        if (keep(result)) await transaction.CommitAsync(CancellationToken.None);
        return result;
    }, keep);

    /// <summary>Rings for the news of what was committed; what was taken back is forgotten with its news.</summary>
    async Task<T> Settle<T>(Func<Task<T>> change, Func<T, bool> keep)
    {
        var committed = false;
        try
        {
            var result = await change();
            if (!keep(result)) return result;
            committed = true;
            if (rings) Kept.Ring();
            rings = false;
            return result;
        }
        finally
        {
            if (!committed) RolledBack();
        }
    }

    /// <summary>Lost races, on both engines: a unique index, an exclusion constraint, or a trigger that raised.</summary>
    public static bool IsTaken(Exception? e) => e is
        SqliteException { SqliteExtendedErrorCode: 2067 or 1555 or 1811 } or Npgsql.PostgresException { SqlState: "23505" or "23P01" };

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (Scope.IsReadOnly)
        {
            // What a page notes when its patient reads it ("seen") is not noted when somebody else looks on.
            ChangeTracker.Clear();
            announced.Clear();
            return 0;
        }
        // What changed is looked for once; EF alone would look three times.
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            Follow();
            foreach (var entry in ChangeTracker.Entries<IVersioned>())
                if (entry.State is EntityState.Modified) entry.Property(e => e.Version).CurrentValue++;

            if (Scope.Draft is { Written: false } draft) draft.Changes.Add(ChangeTracker);
            if (inTransaction) return await SaveAndKeep(acceptAllChangesOnSuccess, cancellationToken);
            if (!ChangeTracker.HasChanges() && !HasNews) return 0;
            SavesOnce();
            if (savedAlone) throw new InvalidOperationException("What is done one by one saves once: a second save could fail alone.");

            var changed = Kept.Database.Lane is { } lane
                ? await SaveByDraft(lane, cancellationToken)
                : await Transact(() => SaveAndKeep(acceptAllChangesOnSuccess: false, cancellationToken), static _ => true, cancellationToken);
            if (acceptAllChangesOnSuccess) ChangeTracker.AcceptAllChanges();
            savedAlone = isAlone;
            return changed;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>On SQLite: all the thinking first, then the turn on the lane.</summary>
    Task<int> SaveByDraft(WriteLane lane, CancellationToken ct) => Settle(async () =>
    {
        var draft = new ChangeDraft();
        int changed;
        door!.Draft = draft;
        try
        {
            changed = await SaveAndKeep(acceptAllChangesOnSuccess: false, ct);
        }
        finally
        {
            door.Draft = null;
        }
        try
        {
            return await lane.Run(Scope.IsBackground, session =>
            {
                draft.Make(session);
                return Task.FromResult(changed);
            }, static _ => true, ct);
        }
        catch (SqliteException e)
        {
            throw new DbUpdateException("The database refused the change.", e);
        }
    }, static _ => true);

    async Task<int> SaveAndKeep(bool acceptAllChangesOnSuccess, CancellationToken ct)
    {
        var changed = await base.SaveChangesAsync(acceptAllChangesOnSuccess, ct);
        await WriteKept(ct);
        return changed;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saving blocks; use Save or TrySave.");

    void SavesOnce()
    {
        if (Scope is { Receipt: not null, ReceiptWritten: true })
            throw new InvalidOperationException("A reaction saves once (use InTransaction): a crash would lose the second save, for the first carries the receipt.");
    }

    bool HasNews => announced.Count > 0 || answer is not null || Scope.Receipt is not null;

    async Task WriteKept(CancellationToken ct)
    {
        rings |= announced.Count > 0;
        await Kept.Write(Database.GetDbConnection(), Database.CurrentTransaction?.GetDbTransaction(), Scope, announced, answer, ct);
        announced.Clear();
        answer = null;
    }

    void RolledBack()
    {
        Kept.RolledBack(Scope);
        announced.Clear();
        rings = false;
    }

    /// <summary>Before each save, once it is known what changed: for a column that follows another, so that no handler can forget it.</summary>
    protected virtual void Follow() { }

    /// <summary>For a fingerprint that follows a sealed column.</summary>
    protected Vault Vault => Microsoft.EntityFrameworkCore.Infrastructure.AccessorExtensions.GetService<Microsoft.EntityFrameworkCore.Infrastructure.IDbContextOptions>(this).FindExtension<PortalExtension>()?.Vault
        ?? throw new InvalidOperationException("This context was made without a vault.");

    /// <summary>Maps the module's entities. Table and column names, instants and enums are the house's convention.</summary>
    protected abstract void Map(ModelBuilder model);

    protected sealed override void OnModelCreating(ModelBuilder model)
    {
        Map(model);
        ChartRows.Map(this, model);
        foreach (var entity in model.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(IVersioned))))
            entity.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
        Naming.Apply(this, model);
        SealedColumns.Apply(this, model);
    }

    protected sealed override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
    }

    /// <summary>A rented context starts clean.</summary>
    internal void Rent(RequestScope scope, Kept kept)
    {
        (Scope, Kept, answer, inTransaction, isAlone, savedAlone, rings) = (scope, kept, null, false, false, false, false);
        Database.AutoSavepointsEnabled = false;
        announced.Clear();
        if (kept.Database.Connections is not { } connections) return;
        // The lane begins and ends transactions; a query borrows a session while it runs.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
        if (door is null) Database.SetDbConnection(door = new(connections));
    }
}

sealed class InstantConverter() : Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<DateTimeOffset, long>(
    at => Instants.Write(at), micros => Instants.Read(micros));
