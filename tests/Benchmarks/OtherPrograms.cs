using System.Diagnostics;
using System.Globalization;

namespace PatientPortal.Benchmarks;

/// <summary>What programs beside this run take of the machine: a figure from a busy one compares nothing.</summary>
internal sealed class OtherPrograms
{
    // The kernel's USER_HZ, the same on every Linux that .NET runs on.
    const double TicksPerSecond = 100;

    readonly ServerProcess[] ours;
    readonly double busy, used;
    readonly long began = Stopwatch.GetTimestamp();

    public OtherPrograms(params ServerProcess[] ours)
    {
        this.ours = ours;
        (busy, used) = (Busy(), Used());
    }

    /// <summary>Cores taken by others since the beginning, on average.</summary>
    public double Cores() => Math.Max(0, (Busy() - busy - (Used() - used)) / Stopwatch.GetElapsedTime(began).TotalSeconds);

    double Used() => ours.Sum(o => o.CpuTime.TotalSeconds) + Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>user, nice and system of proc(5), in seconds.</summary>
    static double Busy() => File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..4].Sum(t => double.Parse(t, CultureInfo.InvariantCulture)) / TicksPerSecond;
}
