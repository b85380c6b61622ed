namespace PatientPortal.Kernel.Data;

/// <summary>
/// SQLite has one writer, and its own busy waiting sleeps: 16 writers wait seconds. So all writers of this process queue here, in order;
/// people go before the portal's own work, which gets every eighth turn at least. On PostgreSQL everybody passes at once.
/// </summary>
public sealed class WriteLane(bool serial)
{
    const int PeopleInARow = 7;

    readonly Lock gate = new();
    readonly Queue<TaskCompletionSource> people = new(), portal = new();
    bool taken;
    int row;

    /// <summary>Waits for the turn; dispose it when the transaction has ended.</summary>
    public async ValueTask<Turn> Enter(bool background, CancellationToken ct)
    {
        if (!serial) return default;
        TaskCompletionSource waiting;
        lock (gate)
        {
            if (!taken)
            {
                taken = true;
                return new(this);
            }
            waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            (background ? portal : people).Enqueue(waiting);
        }
        await using var cancel = ct.UnsafeRegister(static (w, token) => ((TaskCompletionSource)w!).TrySetCanceled(token), waiting);
        await waiting.Task;
        return new(this);
    }

    void Leave()
    {
        lock (gate)
        {
            while (people.Count + portal.Count > 0)
            {
                var portalsTurn = portal.Count > 0 && (people.Count == 0 || row >= PeopleInARow);
                row = portalsTurn ? 0 : row + 1;
                // A canceled waiter can't take the turn any more; the next one does.
                if ((portalsTurn ? portal : people).Dequeue().TrySetResult()) return;
            }
            taken = false;
        }
    }

    public readonly struct Turn(WriteLane? lane) : IDisposable
    {
        public void Dispose() => lane?.Leave();
    }
}
