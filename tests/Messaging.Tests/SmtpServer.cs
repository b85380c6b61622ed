using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace PatientPortal.Messaging.Tests;

/// <summary>Debian's aiosmtpd, running <c>smtp_server.py</c>: a real SMTP conversation over loopback.</summary>
sealed class SmtpServer : IAsyncDisposable
{
    static readonly Lazy<string?> Python = new(() => new[] { "/usr/bin/python3", "python3" }.FirstOrDefault(HasServer));
    readonly ConcurrentQueue<Received> mails = new();
    Process? process;

    /// <summary>What was taken, oldest first; a mail that came twice is here twice.</summary>
    public IReadOnlyList<Received> Mails => [.. mails];

    public int Port { get; private set; }

    /// <summary>Listening. Skips the test, visibly, where there is no aiosmtpd.</summary>
    public static async Task<SmtpServer> Start(string? certificate = null, string? key = null)
    {
        if (Python.Value is null) Assert.Skip("aiosmtpd is not installed (Debian: python3-aiosmtpd).");
        var server = new SmtpServer();
        await server.Listen(certificate, key);
        return server;
    }

    /// <summary>The server goes away.</summary>
    public async Task Stop()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>It comes back, on the port it had.</summary>
    public async Task Listen(string? certificate = null, string? key = null)
    {
        var start = new ProcessStartInfo(Python.Value!) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "smtp_server.py"), "--port", $"{Port}" }) start.ArgumentList.Add(argument);
        if (certificate is not null) foreach (var argument in new[] { "--certificate", certificate, "--key", key! }) start.ArgumentList.Add(argument);
        process = Process.Start(start)!;
        using var ready = JsonDocument.Parse(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mail server did not start."));
        Port = ready.RootElement.GetProperty("port").GetInt32();
        _ = Read(process.StandardOutput);
    }

    async Task Read(StreamReader lines)
    {
        try
        {
            while (await lines.ReadLineAsync() is { } line) mails.Enqueue(JsonSerializer.Deserialize<Received>(line, JsonSerializerOptions.Web)!);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The server was stopped while we listened.
        }
    }

    /// <summary>Waits until this many mails have come.</summary>
    public async Task<IReadOnlyList<Received>> Until(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (mails.Count < count) await Task.Delay(10, patience.Token);
        return Mails;
    }

    public async ValueTask DisposeAsync() => await Stop();

    static bool HasServer(string python)
    {
        try
        {
            using var look = Process.Start(new ProcessStartInfo(python, "-c \"import aiosmtpd\"") { RedirectStandardError = true, UseShellExecute = false })!;
            look.WaitForExit();
            return look.ExitCode is 0;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or FileNotFoundException)
        {
            return false;
        }
    }
}

sealed record Received(string To, string MessageId, string Subject, string Text, string? Auto, string Sender, bool Encrypted);
