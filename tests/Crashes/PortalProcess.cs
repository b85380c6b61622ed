using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace PatientPortal.Crashes;

/// <summary>The real host as its own process on one data directory, started and killed again and again.</summary>
internal sealed class PortalProcess(string dll, string data) : IDisposable
{
    readonly Queue<string> said = new();
    Process? process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    public string Said { get { lock (said) return string.Join('\n', said); } }

    ProcessStartInfo How(params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(dll)! };
        start.ArgumentList.Add(dll);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Portal__DataDirectory"] = data;
        start.Environment["Portal__RequestsPerSecond"] = "1000000";
        start.Environment["Scheduling__MostUpcomingVisits"] = "1000000";
        start.Environment["Scheduling__MostVisitsADay"] = "1000000";
        // Reminders go out at any hour: the run must not depend on the time of day.
        start.Environment["Scheduling__RemindFrom"] = "00:00";
        start.Environment["Scheduling__RemindTo"] = "23:59:59";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        return start;
    }

    public void Start()
    {
        process = Process.Start(How())!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Waits until the portal says that it is ready.</summary>
    public async Task Ready(HttpClient client, CancellationToken ct)
    {
        for (var tries = 0; tries < 1200; tries++)
        {
            if (process!.HasExited) throw new InvalidOperationException($"The portal ended by itself with {process.ExitCode}:\n{Said}");
            try
            {
                using var answer = await client.GetAsync("health/ready", ct);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) { }
            await Task.Delay(50, ct);
        }
        throw new TimeoutException($"The portal did not become ready:\n{Said}");
    }

    /// <summary>A command of the host on the same data; what it said when it failed.</summary>
    public async Task<string?> Command(params string[] words)
    {
        using var command = Process.Start(How(words))!;
        var (said, complained) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync();
        return command.ExitCode is 0 ? null : $"{await said} {await complained}".Trim();
    }

    /// <summary>SIGKILL: nothing in the process can notice it.</summary>
    public async Task Kill()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    void Note(string? line)
    {
        if (line is null) return;
        lock (said)
        {
            said.Enqueue(line);
            if (said.Count > 80) said.Dequeue();
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        if (process is { HasExited: false }) process.Kill();
        process?.Dispose();
    }
}
