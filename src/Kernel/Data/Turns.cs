namespace PatientPortal.Kernel.Data;

/// <summary>Waiting rooms for work that must not happen twice at once with the same thing. There are a few hundred: two things may share one, and then only wait needlessly.</summary>
sealed class Turns
{
    const int Rooms = 512;

    readonly SemaphoreSlim[] rooms = [.. Enumerable.Range(0, Rooms).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Ends when it is the caller's turn; disposing what it gives lets the next one in.</summary>
    public async ValueTask<Turn> Take(int thing, CancellationToken ct)
    {
        var room = rooms[(uint)thing % Rooms];
        await room.WaitAsync(ct);
        return new(room);
    }

    public readonly struct Turn(SemaphoreSlim room) : IDisposable
    {
        public void Dispose() => room.Release();
    }
}
