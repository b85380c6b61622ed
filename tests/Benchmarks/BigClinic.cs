using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PatientPortal.Host.Hosting;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
using PatientPortal.Synthetic;

namespace PatientPortal.Benchmarks;

/// <summary>The database of many patients: filled once through the modules' own parts of the synthetic clinic, kept for a week.</summary>
/// <param name="Folder">Holds portal.db and vault.keys.</param>
/// <param name="BytesPerPatient">What one patient of 92 facts takes on disk, from the growth of the file; null when all patients are of the long kind.</param>
internal sealed record BigClinic(string Folder, double? BytesPerPatient, long FileBytes)
{
    /// <summary>Enough that thousands of bookings leave each patient with some dozens.</summary>
    public const int Accounts = 256;

    /// <summary>Those whose results are read.</summary>
    public const int LongStories = 24;

    const int Chunk = 500;

    static readonly TimeSpan Fresh = TimeSpan.FromDays(7);

    public static async Task<BigClinic> Ensure(Options options, int accounts = Accounts)
    {
        var folder = Path.Combine(options.Folder, $"clinic-{options.Patients}");
        var mark = Path.Combine(folder, "made");
        if (!options.Fresh && File.Exists(mark) && TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(mark) < Fresh) return Read(folder, mark);
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var watch = Stopwatch.StartNew();
        var perPatient = await Fill(options, accounts, folder);
        await File.WriteAllTextAsync(mark, perPatient?.ToString(CultureInfo.InvariantCulture) ?? "");
        Console.WriteLine($"Filled a database of {options.Patients:N0} patients in {watch.Elapsed.TotalSeconds:N0} s.");
        return Read(folder, mark);
    }

    static BigClinic Read(string folder, string mark) => new(folder,
        double.TryParse(File.ReadAllText(mark), CultureInfo.InvariantCulture, out var bytes) ? bytes : null, new FileInfo(Path.Combine(folder, "portal.db")).Length);

    /// <summary>The settings of a production host on a database of its own; its mail goes nowhere.</summary>
    public static Dictionary<string, string> Settings(string folder) => new()
    {
        // Not "Production": that wants HTTPS for its cookies, and there is none on loopback.
        ["ASPNETCORE_ENVIRONMENT"] = "Benchmark",
        ["Portal__DataDirectory"] = folder, ["Portal__SyntheticClinic"] = "false", ["Portal__RequestsPerSecond"] = "1000000",
        // What protects one patient from themself would end a measurement after twelve bookings each.
        ["Scheduling__MostUpcomingVisits"] = "1000000", ["Scheduling__MostVisitsADay"] = "1000000",
        ["Vault__KeyFile"] = Path.Combine(folder, "vault.keys"), ["Logging__LogLevel__Default"] = "Warning",
    };

    static async Task<double?> Fill(Options options, int accounts, string folder)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Benchmark", ContentRootPath = folder });
        foreach (var (name, value) in Settings(folder)) builder.Configuration[name.Replace("__", ":")] = value;
        builder.Logging.ClearProviders();
        builder.AddPortal();
        await using var app = builder.Build();
        await app.Services.GetRequiredService<Upgrade>().Apply(CancellationToken.None);
        var (now, file) = (TimeProvider.System.GetUtcNow(), Path.Combine(folder, "portal.db"));
        var (after, patientsAfter) = (0L, 0);
        var watch = Stopwatch.StartNew();
        for (var first = 0; first < options.Patients; first += Chunk)
        {
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<RequestScope>().Actor = Actor.Portal;
            var cast = Cast.Part(now, first, Math.Min(Chunk, options.Patients - first), options.Patients, accounts, LongStories);
            foreach (var part in scope.ServiceProvider.GetServices<ISynthetic>().OrderBy(p => p.Order)) await part.Fill(cast, CancellationToken.None);
            if (first is 0)
            {
                Checkpoint(file);
                (after, patientsAfter) = (new FileInfo(file).Length, cast.Patients.Count);
            }
            if (first % 1000 is 0) Console.WriteLine($"  {first + cast.Patients.Count:N0} patients, {watch.Elapsed.TotalSeconds:N0} s");
        }
        Checkpoint(file);
        return options.Patients > patientsAfter ? (double)(new FileInfo(file).Length - after) / (options.Patients - patientsAfter) : null;
    }

    static void Checkpoint(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
    }
}
