using System.Diagnostics;

namespace PatientPortal.Benchmarks;

/// <summary>What one point gave. Times in milliseconds.</summary>
/// <param name="CpuMs">Processor time of the server a request.</param>
/// <param name="Others">Answers with another status than expected, by status.</param>
internal sealed record Point(int Connections, long Requests, double PerSecond, double P50, double P99, double Max, double CpuMs, IReadOnlyDictionary<int, int> Others, long Bytes)
{
    public string OthersText => Others.Count is 0 ? "" : string.Join(" ", Others.Select(o => $"{o.Value} x {o.Key}"));
}

/// <summary>Sends as many requests as the connections carry, each connection one at a time.</summary>
internal static class Load
{
    /// <param name="request">The bytes of the nth request, counted over all connections; null when there are no more.</param>
    public static async Task<Point> Run(ServerProcess server, int connections, double seconds, int expected, Func<long, ReadOnlyMemory<byte>?> request, CancellationToken ct = default)
    {
        var lanes = Enumerable.Range(0, connections).Select(_ => new Lane(server.Port)).ToArray();
        foreach (var lane in lanes) await lane.Connection.Open();
        long next = -1;
        var cpu = server.CpuTime;
        var watch = Stopwatch.StartNew();
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        await Task.WhenAll(lanes.Select(lane => Task.Run(async () =>
        {
            while (Stopwatch.GetTimestamp() < until && !ct.IsCancellationRequested && request(Interlocked.Increment(ref next)) is { } bytes)
            {
                var began = Stopwatch.GetTimestamp();
                var status = await lane.Connection.Send(bytes);
                lane.Took.Add(Stopwatch.GetTimestamp() - began);
                lane.Bytes += lane.Connection.Answer.Length;
                if (status != expected)
                {
                    lane.Others[status] = lane.Others.GetValueOrDefault(status) + 1;
                    if (Environment.GetEnvironmentVariable("BENCH_SHOW") is not null && lane.Others[status] is 1)
                        Console.WriteLine(System.Text.Encoding.UTF8.GetString(lane.Connection.Answer));
                }
            }
        }, CancellationToken.None)));
        var (took, used) = (watch.Elapsed.TotalSeconds, server.CpuTime - cpu);
        var all = lanes.SelectMany(l => l.Took).Order().ToArray();
        var others = lanes.SelectMany(l => l.Others).GroupBy(o => o.Key).ToDictionary(g => g.Key, g => g.Sum(o => o.Value));
        foreach (var lane in lanes) lane.Connection.Dispose();
        if (all.Length is 0) return new(connections, 0, 0, 0, 0, 0, 0, others, 0);
        double Ms(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;
        return new(connections, all.Length, all.Length / took, Ms(all[all.Length / 2]), Ms(all[(int)(all.Length * 0.99)]), Ms(all[^1]),
            used.TotalMilliseconds / all.Length, others, lanes.Sum(l => l.Bytes) / all.Length);
    }

    /// <summary>Goes on until the JIT has settled: a further stretch makes a request no cheaper. On a busy machine that takes long.</summary>
    public static async Task WarmUp(ServerProcess server, int expected, Func<long, ReadOnlyMemory<byte>?> request)
    {
        const int Enough = 2000, Stretches = 16;
        var (requests, before) = (0L, double.MaxValue);
        for (var stretch = 0; stretch < Stretches; stretch++)
        {
            var point = await Run(server, 16, 1.5, expected, request);
            requests += point.Requests;
            if (point.Requests is 0 || (requests >= Enough && point.CpuMs > before * 0.93)) return;
            before = point.CpuMs;
        }
    }

    sealed class Lane(int port)
    {
        public Connection Connection { get; } = new(port);
        public List<long> Took { get; } = new(1 << 16);
        public Dictionary<int, int> Others { get; } = [];
        public long Bytes;
    }
}
