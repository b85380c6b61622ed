using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PatientPortal.Identity.Data;

/// <summary>
/// How often one network address may fail: a hundred times at once, then once a second. Only failures count, and whoever has
/// signed in from that address before is not held up by it, so somebody guessing in a clinic's waiting room can't lock the clinic out.
/// One host's memory is enough: the delays for each name, which stop guessing, are in the database.
/// </summary>
sealed class AddressLimits(TimeProvider clock)
{
    const double AtOnce = 100, PerSecond = 1;
    const int Most = 100_000;

    readonly ConcurrentDictionary<string, Bucket> buckets = new();

    sealed record Bucket(double Left, DateTimeOffset At);

    /// <summary>How long an address that failed too often has to wait; null when it may go on.</summary>
    public TimeSpan? Wait(string? address) =>
        buckets.TryGetValue(Network(address), out var bucket) && Now(bucket).Left < 1 ? TimeSpan.FromSeconds((1 - Now(bucket).Left) / PerSecond) : null;

    public void Failed(string? address)
    {
        if (buckets.Count > Most)
            foreach (var (network, bucket) in buckets) if (Now(bucket).Left >= AtOnce) buckets.TryRemove(network, out _);
        buckets.AddOrUpdate(Network(address), _ => new(AtOnce - 1, clock.GetUtcNow()), (_, b) => Now(b) with { Left = Math.Max(0, Now(b).Left - 1) });
    }

    Bucket Now(Bucket bucket)
    {
        var now = clock.GetUtcNow();
        return new(Math.Min(AtOnce, bucket.Left + Math.Max(0, (now - bucket.At).TotalSeconds) * PerSecond), now);
    }

    /// <summary>One household has a whole /64 of IPv6.</summary>
    static string Network(string? address) =>
        IPAddress.TryParse(address, out var ip) && ip is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(ip.GetAddressBytes(), 0, 8) : address ?? "";
}
