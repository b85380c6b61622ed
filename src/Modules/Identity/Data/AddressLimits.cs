using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PatientPortal.Identity.Data;

/// <summary>
/// How often one network address may fail: a hundred times at once, then once a second. Only failures count, and a browser that its owner has
/// signed in with before is not held up, so somebody guessing in a clinic's waiting room can't lock the clinic out. Asking for a link by e-mail has a
/// wider limit of its own: neither uses up the other's.
/// One host's memory is enough: the delays for each name, which stop guessing, are in the database.
/// </summary>
sealed class AddressLimits(TimeProvider clock)
{
    const int Most = 100_000;
    static readonly TimeSpan SweptEvery = TimeSpan.FromSeconds(10);
    static readonly Rate Failing = new("", 100, 1), Asking = new("ask ", 300, 5);

    DateTimeOffset sweptAt;

    readonly ConcurrentDictionary<string, Bucket> buckets = new();

    sealed record Rate(string Prefix, double AtOnce, double PerSecond);

    sealed record Bucket(double Left, DateTimeOffset At);

    /// <summary>How long an address that failed too often has to wait; null when it may go on.</summary>
    public TimeSpan? Wait(string? address) => Wait(address, Failing);

    public void Failed(string? address) => Take(address, Failing);

    /// <summary>How long an address that asked for too many links has to wait; null when it may go on.</summary>
    public TimeSpan? WaitToAsk(string? address) => Wait(address, Asking);

    public void Asked(string? address) => Take(address, Asking);

    TimeSpan? Wait(string? address, Rate rate) =>
        buckets.TryGetValue(rate.Prefix + Network(address), out var bucket) && Now(bucket, rate).Left < 1 ? TimeSpan.FromSeconds((1 - Now(bucket, rate).Left) / rate.PerSecond) : null;

    void Take(string? address, Rate rate)
    {
        Sweep();
        buckets.AddOrUpdate(rate.Prefix + Network(address), _ => new(rate.AtOnce - 1, clock.GetUtcNow()), (_, b) => Now(b, rate) with { Left = Math.Max(0, Now(b, rate).Left - 1) });
    }

    /// <summary>Forgets who has waited long enough; now and then, because a flood from many addresses would otherwise look at all of them each time.</summary>
    void Sweep()
    {
        var now = clock.GetUtcNow();
        if (buckets.Count <= Most || now - sweptAt < SweptEvery) return;
        sweptAt = now;
        foreach (var (network, bucket) in buckets)
        {
            var rate = network.StartsWith(Asking.Prefix, StringComparison.Ordinal) ? Asking : Failing;
            if (Now(bucket, rate).Left >= rate.AtOnce) buckets.TryRemove(network, out _);
        }
    }

    Bucket Now(Bucket bucket, Rate rate)
    {
        var now = clock.GetUtcNow();
        return new(Math.Min(rate.AtOnce, bucket.Left + Math.Max(0, (now - bucket.At).TotalSeconds) * rate.PerSecond), now);
    }

    /// <summary>One household has a whole /64 of IPv6.</summary>
    static string Network(string? address) =>
        IPAddress.TryParse(address, out var ip) && ip is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(ip.GetAddressBytes(), 0, 8) : address ?? "";
}
