using System.Collections.Concurrent;
using System.Security.Cryptography;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PatientPortal.Identity.Contracts;
using PatientPortal.Interop.Contracts;
using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Events;
using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Sealing;
using PatientPortal.Testing;

namespace PatientPortal.Interop.Tests.Reactions;

/// <summary>The module with stand-ins for those who answer: what the others would do can be chosen, and counted.</summary>
internal sealed class InteropAlone : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("interop-alone-").FullName;
    readonly ServiceProvider services;

    InteropAlone()
    {
        var module = new InteropModule();
        var assemblies = new[] { module.GetType().Assembly, typeof(InteropAlone).Assembly };
        var configuration = new ConfigurationBuilder().Build();
        var database = new PortalDatabase(Engine.Sqlite, $"Data Source={Path.Combine(folder, "alone.db")};Default Timeout=30");
        var collection = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton<TimeProvider>(Clock);
        collection.AddKernel(assemblies, database, new Vault(new Dictionary<int, byte[]> { [1] = RandomNumberGenerator.GetBytes(32) }), new AuditHeads(null));
        collection.AddModules(configuration, [module]);
        collection.AddSingleton(Others).AddScoped<IdentityStandIn>().AddScoped<OwnerStandIn>();
        services = collection.BuildServiceProvider();
    }

    public SetClock Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 14, 0, 0, TimeSpan.Zero));
    public Others Others { get; } = new();

    public static async Task<InteropAlone> New()
    {
        var alone = new InteropAlone();
        await alone.services.GetRequiredService<Upgrade>().Apply(CancellationToken.None);
        return alone;
    }

    public async Task<T> Inside<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestScope>().Actor = Actor.Portal;
        return await work(scope.ServiceProvider);
    }

    public Task<Outcome<Guid>> Take(byte[] content, string source = "test") =>
        Inside(s => s.GetRequiredService<Intake>().Take(new(content, source, null, Guid.Empty, "Test"), id => id, CancellationToken.None));

    public Task<ImportReport> Report(Guid id) => Inside(async s => (await s.GetRequiredService<ArrivalReports>().Of(id, -1, 1000, CancellationToken.None))!);

    /// <summary>Delivers everything; every news twice when asked.</summary>
    public async Task Deliver(bool twice = false)
    {
        var courier = services.GetRequiredService<Courier>();
        while (await courier.DeliverDue(CancellationToken.None) > 0)
            if (twice) await Again();
    }

    /// <summary>Delivers once around.</summary>
    public Task<int> DeliverSome() => services.GetRequiredService<Courier>().DeliverDue(CancellationToken.None);

    /// <summary>Everything that was delivered is due once more, the once only.</summary>
    async Task Again()
    {
        var database = services.GetRequiredService<PortalDatabase>();
        await database.Execute("UPDATE kernel_deliveries SET state = 'pending', attempts = 1, next_at = 0 WHERE state = 'done' AND attempts = 0", CancellationToken.None);
    }

    public async Task<ImportReport> Import(byte[] content, string source = "test", bool twice = false)
    {
        var id = (await Take(content, source)).Value;
        await Deliver(twice);
        return await Report(id);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>What the stand-ins remember, and how they are told to behave.</summary>
internal sealed class Others
{
    public ConcurrentDictionary<string, Guid> Charts { get; } = new();
    public ConcurrentDictionary<(string Owner, string Type, string Id), (Guid? Patient, byte[] Json)> Stored { get; } = new();
    public ConcurrentBag<ResourcesArrived> Seen { get; } = [];
    public Func<PatientArrived, (string Element, string Reason)?> RefusePatient { get; set; } = _ => null;
    public Func<ArrivedResource, TakenResource?>? Answer { get; set; }
}

internal sealed class IdentityStandIn(InteropDb db, Others others) : INotificationHandler<PatientArrived>
{
    public async Task Handle(PatientArrived news, CancellationToken ct)
    {
        if (others.RefusePatient(news) is { } no)
            db.Announce(new PatientIdentified(news.ArrivalId, news.Reference, null, "quarantined", no.Element, no.Reason), null);
        else
        {
            var isNew = others.Charts.TryAdd(news.Source + news.Reference, Guid.CreateVersion7());
            db.Announce(new PatientIdentified(news.ArrivalId, news.Reference, others.Charts[news.Source + news.Reference], isNew ? "created" : "unchanged", null, null), null);
        }
        await db.Save(ct);
    }
}

internal sealed class OwnerStandIn(InteropDb db, Others others) : INotificationHandler<ResourcesArrived>
{
    public async Task Handle(ResourcesArrived news, CancellationToken ct)
    {
        others.Seen.Add(news);
        var answers = new List<TakenResource>();
        foreach (var resource in news.Resources)
        {
            if (others.Answer is { } answer)
            {
                if (answer(resource) is { } given) answers.Add(given);
                continue;
            }
            var key = (news.Owner, resource.Type, resource.Id);
            var outcome = !others.Stored.TryGetValue(key, out var before) ? "created" : before.Json.AsSpan().SequenceEqual(resource.Json) ? "unchanged" : "updated";
            others.Stored[key] = (news.PatientId, resource.Json);
            answers.Add(new(resource.Type, resource.Id, outcome, null, null));
        }
        db.Announce(new ResourcesTaken(news.ArrivalId, news.BatchId, news.Owner, answers), null);
        await db.Save(ct);
    }
}
