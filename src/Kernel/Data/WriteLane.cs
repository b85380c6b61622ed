using System.Diagnostics;

namespace PatientPortal.Kernel.Data;

/// <summary>
/// SQLite has one writer, and its own busy waiting sleeps: 16 writers wait seconds. So all changes of this process queue here and are made one after
/// another on one connection, by whoever came first. What waits together is committed together: one durable commit for all, each in its own
/// savepoint, so that a change that is refused takes nobody with it. Nobody is answered before the commit.
/// People go before the portal's own work, which gets every eighth turn at least.
/// </summary>
/// <param name="open">Opens the session that changes are made on; it is kept.</param>
sealed class WriteLane(Func<SqliteSession> open) : IDisposable
{
    const int PeopleInARow = 7, MostTogether = 64;

    /// <summary>A commit is not put off longer than this for those that still come.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(5);

    readonly Lock gate = new();
    readonly AsyncLocal<Change?> inside = new();
    readonly Queue<Change> people = new(), portal = new();
    SqliteSession? session;
    bool led, closed;
    int row;
    long made;

    /// <summary>How many commits there were.</summary>
    public long Made => Interlocked.Read(ref made);

    /// <summary>True in whatever a change calls while it is made: who asks for the lane there, or waits for somebody who does, stops it for everybody.</summary>
    public bool IsInside => inside.Value is { IsMade: false };

    /// <summary>
    /// Makes a change when its turn comes; ends when it is durable. The change is taken back when it throws, or when <paramref name="keep"/> says so of
    /// its result; then too this ends only after the commit of what it may have seen.
    /// </summary>
    /// <param name="background">The portal's own work.</param>
    /// <param name="work">Must not ask for the lane again: it would wait for itself.</param>
    /// <exception cref="InvalidOperationException">It was asked for inside a change.</exception>
    public Task<T> Run<T>(bool background, Func<SqliteSession, Task<T>> work, Func<T, bool> keep, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var change = new Change<T>(this, work, keep, background, alone: false, ct);
        Come(change);
        return change.Ended;
    }

    /// <summary>Has the session to itself, outside any transaction.</summary>
    public Task Alone(Action<SqliteSession> work, CancellationToken ct)
    {
        var change = new Change<bool>(this, session =>
        {
            work(session);
            return Task.FromResult(true);
        }, static _ => true, background: true, alone: true, ct);
        Come(change);
        return change.Ended;
    }

    void Come(Change change)
    {
        if (IsInside) throw new InvalidOperationException("This is inside a change already: it would wait for itself, and everybody behind it. Save with the change's own context, or after it.");
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            (change.Background ? portal : people).Enqueue(change);
            if (led) return;
            led = true;
        }
        _ = Lead(null, callers: true);
    }

    Change? Next()
    {
        lock (gate)
        {
            if (people.Count + portal.Count is 0) return null;
            var portalsTurn = portal.Count > 0 && (people.Count is 0 || row >= PeopleInARow);
            row = portalsTurn ? 0 : row + 1;
            return (portalsTurn ? portal : people).Dequeue();
        }
    }

    /// <summary>False when nobody waits: the lane is free again.</summary>
    bool GoOn()
    {
        lock (gate) return led = people.Count + portal.Count > 0;
    }

    /// <param name="change">Taken from the queue already.</param>
    /// <param name="callers">On the thread of one who waits for an answer: after its commit somebody else goes on.</param>
    async Task Lead(Change? change, bool callers)
    {
        var together = new List<Change>();
        var begun = 0L;
        while (true)
        {
            change ??= Next();
            if (together.Count > 0 && (change is null or { Alone: true } || together.Count >= MostTogether
                || change.Background && !together[0].Background || Stopwatch.GetElapsedTime(begun) > Longest))
            {
                Commit(together);
                together.Clear();
                if (change is null && !GoOn()) return;
                if (callers)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(static rest => _ = rest.Lane.Lead(rest.Change, callers: false), (Lane: this, Change: change), preferLocal: false);
                    return;
                }
                change ??= Next();
            }
            if (change is null)
            {
                if (!GoOn()) return;
                continue;
            }
            if (change.Begin())
            {
                if (together.Count is 0) begun = Stopwatch.GetTimestamp();
                if (!await Make(change, together)) together.Clear();
            }
            change = null;
        }
    }

    /// <summary>Makes one change in the open transaction; false when the whole transaction was lost.</summary>
    async Task<bool> Make(Change change, List<Change> together)
    {
        var first = !together.Exists(static c => c.Kept);
        try
        {
            session ??= open();
            if (!change.Alone) session.Run(first ? "BEGIN IMMEDIATE" : "SAVEPOINT change");
        }
        catch (Exception e)
        {
            change.Failed(e);
            Lost(together, change, e);
            return false;
        }

        await change.Make(session);

        try
        {
            if (change.Alone)
            {
                change.End();
                return true;
            }
            if (!session.InTransaction)
            {
                Lost(together, change, change.Error ?? new InvalidOperationException("The database ended the transaction."));
                return false;
            }
            if (change.Kept)
            {
                if (!first) session.Run("RELEASE change");
            }
            else if (first)
            {
                session.Run("ROLLBACK");
            }
            else
            {
                session.Run("ROLLBACK TO change");
                session.Run("RELEASE change");
            }
            together.Add(change);
            return true;
        }
        catch (Exception e)
        {
            Lost(together, change, e);
            return false;
        }
    }

    void Commit(List<Change> together)
    {
        if (together.Exists(static c => c.Kept))
        {
            try
            {
                session!.Run("COMMIT");
                Interlocked.Increment(ref made);
            }
            catch (Exception e)
            {
                Lost(together, null, e);
                return;
            }
        }
        if (session is { IsSuspect: true }) Drop();
        foreach (var change in together) change.End();
    }

    /// <summary>The next change opens another session.</summary>
    void Drop()
    {
        try
        {
            session?.Dispose();
        }
        catch (Exception)
        {
            // Closing what is broken may fail too; whoever waits is told of the first cause.
        }
        session = null;
    }

    /// <summary>The transaction is gone, and everything in it: all fail with the same cause, and the session is not trusted any more.</summary>
    void Lost(List<Change> together, Change? last, Exception cause)
    {
        Drop();
        foreach (var change in together)
        {
            if (change.Kept) change.Failed(cause);
            change.End();
        }
        if (last is null) return;
        if (last.Error is null) last.Failed(cause);
        last.End();
    }

    public void Dispose()
    {
        lock (gate) closed = true;
        // Whoever still waits is served first; stopping waits for that.
        SpinWait.SpinUntil(() => { lock (gate) return !led; }, TimeSpan.FromSeconds(10));
        session?.Dispose();
        session = null;
    }

    abstract class Change(bool background, bool alone, CancellationToken ct)
    {
        readonly ExecutionContext? context = ExecutionContext.Capture();

        public bool Background => background;

        public bool Alone => alone;

        /// <summary>Made, and to be committed.</summary>
        public bool Kept { get; protected set; }

        public Exception? Error { get; private set; }

        /// <summary>What it left running behind it is no longer inside it.</summary>
        public bool IsMade { get; private set; }

        /// <summary>False when its caller gave up while it waited.</summary>
        public bool Begin()
        {
            if (!ct.IsCancellationRequested) return true;
            Failed(new OperationCanceledException(ct));
            End();
            return false;
        }

        public async Task Make(SqliteSession session)
        {
            Task made = null!;
            // The work sees the caller's own ambient values, whoever leads.
            if (context is null) made = Work(session);
            else ExecutionContext.Run(context, _ => made = Work(session), null);
            try
            {
                await made;
            }
            catch (Exception e)
            {
                Failed(e);
            }
            IsMade = true;
        }

        public void Failed(Exception e) => (Error, Kept) = (e, false);

        protected abstract Task Work(SqliteSession session);

        public abstract void End();
    }

    sealed class Change<T>(WriteLane lane, Func<SqliteSession, Task<T>> work, Func<T, bool> keep, bool background, bool alone, CancellationToken ct) : Change(background, alone, ct)
    {
        readonly TaskCompletionSource<T> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T? result;

        public Task<T> Ended => ended.Task;

        protected override async Task Work(SqliteSession session)
        {
            lane.inside.Value = this;
            result = await work(session);
            Kept = keep(result);
        }

        public override void End()
        {
            if (Error is OperationCanceledException canceled) ended.TrySetCanceled(canceled.CancellationToken);
            else if (Error is { } e) ended.TrySetException(e);
            else ended.TrySetResult(result!);
        }
    }
}
