using System.Globalization;
using System.Text;

namespace PatientPortal.Benchmarks;

/// <summary>The measured points as a Markdown table: ratios first, since absolute figures say more about the machine than about the portal.</summary>
internal sealed class Report(Options options)
{
    readonly StringBuilder text = new();
    readonly List<string> missed = [];

    public void Begin() => Line("""
        | operation | at once | portal req/s | p50 ms | p99 ms | max ms | CPU ms | bare req/s | p50 | p99 | CPU ms | share of bare | by CPU | aim |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
        """);

    public void Add(Operation operation, Point portal, Point bare)
    {
        var share = bare.PerSecond > 0 ? portal.PerSecond / bare.PerSecond : 0;
        var aim = portal.Connections is 16 && operation.Aim is { } wanted ? string.Create(CultureInfo.InvariantCulture, $"{wanted.Aim:0.00} (not under {wanted.Floor:0.00})") : "";
        Line(string.Create(CultureInfo.InvariantCulture,
            $"| {operation.Name} | {portal.Connections} | {portal.PerSecond:0} | {portal.P50:0.00} | {portal.P99:0.00} | {portal.Max:0} | {portal.CpuMs:0.000} | {bare.PerSecond:0} | {bare.P50:0.00} | {bare.P99:0.00} | {bare.CpuMs:0.000} | **{share:0.00}** | {(portal.CpuMs > 0 ? bare.CpuMs / portal.CpuMs : 0):0.00} | {aim} |"));
        if (portal.Others.Count > 0) Miss($"{operation.Name} at {portal.Connections}: other answers: {portal.OthersText}");
        if (portal.Requests is 0) Miss($"{operation.Name} at {portal.Connections}: nothing was asked");
        if (portal.Connections is 16 && operation.Aim is { } goal && share < goal.Floor) Miss($"{operation.Name}: {share:0.00} of bare, not under {goal.Floor:0.00}");
        if (portal.Connections is 16 && portal.P99 > 5 * portal.P50) Miss($"{operation.Name} at 16: p99 {portal.P99:0.0} ms is over 5 times p50 {portal.P50:0.0} ms");
        if (portal.Connections is 64 && portal.Max > 500) Miss($"{operation.Name} at 64: slowest {portal.Max:0} ms is over 500 ms");
    }

    public void Miss(string what) => missed.Add(what);

    public void Fact(string fact) => facts.Add(fact);

    readonly List<string> facts = [];

    void Line(string line)
    {
        text.AppendLine(line);
        Console.WriteLine(line);
    }

    /// <returns>Whether every aim was met.</returns>
    public async Task<bool> End()
    {
        text.AppendLine();
        foreach (var fact in facts) Line($"- {fact}");
        foreach (var miss in missed) Line($"- Missed: {miss}");
        var file = Path.Combine(options.Folder, "table.md");
        await File.WriteAllTextAsync(file, text.ToString());
        Console.WriteLine($"\nWritten to {file}");
        return missed.Count is 0;
    }
}
