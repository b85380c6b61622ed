using System.Reflection;
using PatientPortal.Host.Hosting;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Modules;

namespace PatientPortal.Host.Commands;

/// <summary>
/// One thing the host does instead of serving: a class with [HostCommand], found in the modules as everything else is. Ends with 0 when it was
/// done, with 1 when it failed, with 2 when it was called wrongly.
/// </summary>
public sealed class Command(Type? type, HostCommandAttribute? named, string[] args)
{
    static readonly IReadOnlyList<(Type Type, HostCommandAttribute Named)> All =
    [
        .. from module in Modules.All
           from type in module.Assembly.GetTypes()
           let named = type.GetCustomAttribute<HostCommandAttribute>()
           where named is not null
           orderby named.Usage
           select (type, named),
    ];

    /// <summary>Whoever may start the host may do all of it; the trail names them as the operator.</summary>
    static readonly Actor Operator = new(ActorKind.Staff, Guid.Empty, "Operator of the host", "Operator", Guid.Empty,
        new HashSet<string> { "schedule", "inbox", "refills", "results", "patients", "import", "accounts", "audit", "jobs" }, null);

    /// <summary>The command that the arguments name, or null when they ask to serve.</summary>
    public static Command? Named(string[] args)
    {
        if (args.Length == 0 || args[0].StartsWith('-')) return null;
        var (type, named) = All.FirstOrDefault(c => args.Take(c.Named.Words.Count).SequenceEqual(c.Named.Words));
        return new(type, named, [.. args.Skip(named?.Words.Count ?? 0)]);
    }

    public async Task<int> Run()
    {
        if (type is null || named is null || args.Length < named.Needs)
        {
            await Console.Error.WriteLineAsync(named is null ? $"There is no command '{args[0]}'. There are:" : "Something is missing. Usage:");
            foreach (var (_, other) in All)
                if (named is null || other == named) await Console.Error.WriteLineAsync($"  {other.Usage}");
            return 2;
        }
        using var stopping = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stopping.Cancel();
        };
        try
        {
            return await Run(stopping.Token) ? 0 : 1;
        }
        catch (CannotStart e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped. What was already done stays done; the same command goes on from there.");
            return 1;
        }
    }

    async Task<bool> Run(CancellationToken ct)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Portal:RunJobs"] = "false";
        builder.Configuration["Vault:MayBeMade"] = (type == typeof(VaultCommand)).ToString();
        builder.AddPortal();
        await using var app = builder.Build();

        // These stand before or beside the database: it is neither migrated nor opened for them.
        var apart = type == typeof(RestoreCommand) || type == typeof(VaultCommand);
        IReadOnlyList<IHostedService> hosted = apart ? [] : [app.Services.GetRequiredService<AuditTrail>(), .. app.Services.GetServices<IHostedService>().OfType<Background>()];
        if (!apart) await app.Services.GetRequiredService<Upgrade>().Apply(ct);
        // A command's rows in the trail and its news go the way that a request's go.
        foreach (var service in hosted) await service.StartAsync(ct);
        await using var unit = app.Services.CreateAsyncScope();
        var scope = unit.ServiceProvider.GetRequiredService<RequestScope>();
        (scope.Actor, scope.TraceId) = (Operator, $"command-{named!.Words[0]}");
        try
        {
            return await ((IHostCommand)unit.ServiceProvider.GetRequiredService(type!)).Run(args, Console.Out, ct);
        }
        finally
        {
            foreach (var service in Enumerable.Reverse(hosted)) await service.StopAsync(CancellationToken.None);
        }
    }
}
