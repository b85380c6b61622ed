using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Events;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Sealing;
using PatientPortal.Testing;
using Xunit;

namespace PatientPortal.Kernel.Tests;

/// <summary>The Kernel with one small module of its own, on a real database of the engine under test.</summary>
public sealed class KernelFixture : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("kernel-test-").FullName;
    readonly string? postgres;

    KernelFixture(string? postgres, Dictionary<int, byte[]>? ring)
    {
        this.postgres = postgres;
        Database = postgres is null ? new(Engine.Sqlite, $"Data Source={Path.Combine(folder, "kernel.db")}") : new(Engine.PostgreSql, postgres);
        Heads = Path.Combine(folder, "heads.log");
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging();
        services.AddSingleton<ILoggerProvider>(Log);
        services.AddSingleton<Seen>();
        services.AddSingleton<ProbeWork>();
        services.AddKernel([typeof(KernelFixture).Assembly, typeof(Kernel.Modules.Portal).Assembly], Database, new(ring ?? new() { [1] = new byte[32] }), new(Heads));
        services.AddModules(new ConfigurationBuilder().Build(), [new ProbeModule()]);
        Services = services.BuildServiceProvider();
    }

    public static async Task<KernelFixture> New(Dictionary<int, byte[]>? ring = null)
    {
        string? postgres = null;
        if (PortalApp.Engine is Engine.PostgreSql)
        {
            var name = $"kernel_test_{Guid.CreateVersion7():N}";
            await using var admin = new NpgsqlConnection(PortalApp.PostgresServer);
            await admin.OpenAsync();
            await using var create = new NpgsqlCommand($"CREATE DATABASE {name}", admin);
            await create.ExecuteNonQueryAsync();
            postgres = new NpgsqlConnectionStringBuilder(PortalApp.PostgresServer) { Database = name, MaxPoolSize = 20, NoResetOnClose = true }.ToString();
        }
        var kernel = new KernelFixture(postgres, ring);
        await using (var db = kernel.Services.GetRequiredService<IDbContextFactory<KernelDb>>().CreateDbContext()) await db.Database.MigrateAsync();
        await using (var db = kernel.Services.GetRequiredService<IDbContextFactory<ProbeDb>>().CreateDbContext())
            await db.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        await kernel.Services.GetRequiredService<AuditTrail>().StartAsync(CancellationToken.None);
        return kernel;
    }

    public PortalDatabase Database { get; }
    public ServiceProvider Services { get; }
    public SetClock Clock { get; } = new(new(2026, 11, 23, 14, 0, 0, TimeSpan.Zero));
    public LoggedLines Log { get; } = new();
    public string Heads { get; }

    public Seen Seen => Services.GetRequiredService<Seen>();
    public Courier Courier => Services.GetRequiredService<Courier>();

    /// <summary>One unit of work of a signed-in patient.</summary>
    public async Task<T> As<T>(Func<IServiceProvider, Task<T>> work, string? key = null, Actor? actor = null)
    {
        await using var unit = Services.CreateAsyncScope();
        var scope = unit.ServiceProvider.GetRequiredService<RequestScope>();
        scope.Actor = actor ?? Somebody;
        scope.IdempotencyKey = key;
        scope.Patient = new(Ids.Of("maria"), "Maria", "self", CurrentPatient.Everything, "America/New_York", "");
        return await work(unit.ServiceProvider);
    }

    public static readonly Actor Somebody = new(ActorKind.Patient, Ids.Of("account"), "Maria Alvarez", "Patient", Ids.Of("session"), new HashSet<string>(), Ids.Of("maria"));

    public Task<Outcome<Noted>> Note(string text, string? key = null) =>
        As(s => s.GetRequiredService<IHandle<NoteRequest, Noted>>().Handle(new(text), CancellationToken.None), key);

    public async Task<long> Count(string sql)
    {
        await using var connection = await Database.Open(CancellationToken.None);
        await using var command = connection.Command(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), null);
    }

    public async Task Run(string sql)
    {
        await using var connection = await Database.Open(CancellationToken.None);
        await using var command = connection.Command(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Services.GetRequiredService<AuditTrail>().StopAsync(CancellationToken.None);
        await Services.DisposeAsync();
        await Database.DisposeAsync();
        if (postgres is not null)
        {
            await using var admin = new NpgsqlConnection(PortalApp.PostgresServer);
            await admin.OpenAsync();
            await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(postgres).Database} WITH (FORCE)", admin);
            await drop.ExecuteNonQueryAsync();
        }
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>What the probe's reactions saw, in order.</summary>
public sealed class Seen
{
    public System.Collections.Concurrent.ConcurrentQueue<string> Texts { get; } = new();
    public HashSet<string> Fails { get; } = [];
}

sealed class ProbeModule : IModule
{
    public string Name => "probe";

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddModuleDb<ProbeDb>("probe");
}

sealed class ProbeDb(DbContextOptions<ProbeDb> options) : ModuleDb(options)
{
    public DbSet<Line> Lines => Set<Line>();
    public DbSet<Echo> Echoes => Set<Echo>();

    protected override void Map(ModelBuilder model)
    {
        model.Entity<Line>(e =>
        {
            e.HasIndex(l => l.Slot).IsUnique();
            e.Property(l => l.Text).Sealed();
        });
        model.Entity<Echo>();
    }
}

sealed class Line : IVersioned
{
    public Guid Id { get; init; }
    public required string Slot { get; init; }
    public required string Text { get; set; }
    public DateTimeOffset At { get; init; }
    public int Version { get; set; }
}

sealed class Echo
{
    public Guid Id { get; init; }
    public required string Text { get; init; }
}

public sealed record LineNoted(Guid LineId, string Text) : INotification;

[Does(Act.Create, "line", "Wrote a line")]
public sealed record NoteRequest(string Text);

public sealed record Noted(Guid Id);

sealed class NoteRules : FluentValidation.AbstractValidator<NoteRequest>
{
    public NoteRules() => FluentValidation.DefaultValidatorExtensions.NotEmpty(RuleFor(r => r.Text)).WithMessageOf("Write something.");
}

/// <summary>What the probe's job does when it runs.</summary>
public sealed class ProbeWork
{
    public Func<CancellationToken, Task<string>> Does { get; set; } = _ => Task.FromResult("Done.");
}

[Job("probe-job", EverySeconds = 60, Says = "Does what a test says")]
sealed class ProbeJob(ProbeWork work) : IJob
{
    public Task<string> Run(CancellationToken ct) => work.Does(ct);
}

static class Messages
{
    public static void WithMessageOf<T, TP>(this FluentValidation.IRuleBuilderOptions<T, TP> rule, string message) => FluentValidation.DefaultValidatorOptions.WithMessage(rule, message);
}

sealed class NoteHandler(ProbeDb db, TimeProvider clock) : IHandle<NoteRequest, Noted>
{
    public async Task<Outcome<Noted>> Handle(NoteRequest ask, CancellationToken ct)
    {
        var line = new Line { Id = Ids.New(clock), Slot = ask.Text, Text = ask.Text, At = clock.GetUtcNow() };
        db.Add(line);
        db.Announce(new LineNoted(line.Id, ask.Text), Ids.Of("maria"));
        var noted = new Noted(line.Id);
        return await db.TrySave(noted, ct) is Saved.Done ? noted : Outcome.Conflict("slot_taken", "Somebody was faster.");
    }
}

[Does(Act.Read, "lines", "Looked at lines")]
public sealed record ReadLinesRequest;

sealed class ReadLinesHandler(ProbeDb db) : IHandle<ReadLinesRequest, IReadOnlyList<string>>
{
    public async Task<Outcome<IReadOnlyList<string>>> Handle(ReadLinesRequest request, CancellationToken ct) =>
        await db.Lines.OrderBy(l => l.At).Select(l => l.Text).ToListAsync(ct);
}

sealed class OnLineNoted(ProbeDb db, Seen seen, TimeProvider clock) : INotificationHandler<LineNoted>
{
    public async Task Handle(LineNoted news, CancellationToken ct)
    {
        if (seen.Fails.Contains(news.Text)) throw new InvalidOperationException($"a secret: {news.Text}");
        seen.Texts.Enqueue(news.Text);
        db.Add(new Echo { Id = Ids.New(clock), Text = "echo" });
        await db.Save(ct);
    }
}
