using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PatientPortal.Benchmarks;

/// <summary>A server that runs as its own process; ended when disposed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    readonly Process process;
    readonly Queue<string> said = new();

    ServerProcess(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    /// <summary>From start to the first healthy answer.</summary>
    public TimeSpan StartTime { get; private set; }

    public TimeSpan CpuTime { get { process.Refresh(); return process.TotalProcessorTime; } }

    /// <summary>Proportional set size: what of the memory is this process's own, shared pages by their share.</summary>
    public long PssBytes =>
        File.ReadLines($"/proc/{process.Id}/smaps_rollup").First(l => l.StartsWith("Pss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kb, ..]
            ? long.Parse(kb, CultureInfo.InvariantCulture) * 1024 : 0;

    public static async Task<ServerProcess> Start(string dll, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, string health)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) is "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(dll)!,
        };
        start.ArgumentList.Add(dll);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("ASPNETCORE", StringComparison.Ordinal) || k.StartsWith("DOTNET_", StringComparison.Ordinal)).ToList())
            if (name is not ("DOTNET_ROOT" or "DOTNET_CLI_HOME" or "DOTNET_PerfMapEnabled" or "DOTNET_EnableWriteXorExecute")) start.Environment.Remove(name);
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}";
        foreach (var (name, value) in environment) start.Environment[name] = value;

        var watch = Stopwatch.StartNew();
        var server = new ServerProcess(Process.Start(start)!, port);
        server.process.OutputDataReceived += (_, line) => server.Note(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Note(line.Data);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        await server.Healthy(health);
        server.StartTime = watch.Elapsed;
        return server;
    }

    async Task Healthy(string path)
    {
        for (var tries = 0; tries < 3000; tries++)
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n{string.Join('\n', said)}");
            try
            {
                using var connection = new Connection(Port);
                await connection.Open();
                if (await connection.Send(Request.Get(path)) is 200) return;
            }
            catch (Exception e) when (e is SocketException or IOException) { }
            await Task.Delay(20);
        }
        throw new TimeoutException($"The server did not become healthy:\n{string.Join('\n', said)}");
    }

    void Note(string? line)
    {
        if (line is null) return;
        lock (said)
        {
            said.Enqueue(line);
            if (said.Count > 60) said.Dequeue();
        }
    }

    public string Said { get { lock (said) return string.Join('\n', said); } }

    public bool HasExited => process.HasExited;

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var term = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await term.WaitForExitAsync();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try { await process.WaitForExitAsync(patience.Token); }
            catch (OperationCanceledException) { process.Kill(entireProcessTree: true); }
        }
        process.Dispose();
    }
}
