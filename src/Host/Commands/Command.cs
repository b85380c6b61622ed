using PatientPortal.Host.Hosting;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Host.Commands;

/// <summary>One thing the host does instead of serving. Says plainly what it did; ends with 1 when it failed, with 2 when it was called wrongly.</summary>
public sealed class Command(string[] args, int words, Func<IServiceProvider, string[], TextWriter, CancellationToken, Task<bool>> work, string usage, int needs = 0)
{
    static readonly (string[] Words, int Needs, string Usage, Func<IServiceProvider, string[], TextWriter, CancellationToken, Task<bool>> Work)[] All =
    [
        (["import"], 1, "import FILE|FOLDER", ImportCommand.Run),
        (["admin", "create"], 0, "admin create", AdminCommand.Run),
        (["backup"], 1, "backup FILE", BackupCommand.Run),
        (["restore"], 1, "restore FILE", RestoreCommand.Run),
        (["audit", "verify"], 0, "audit verify", AuditCommand.Run),
        (["migrate"], 0, "migrate", MigrateCommand.Run),
        (["vault", "add-key"], 0, "vault add-key", VaultCommand.Run),
    ];

    /// <summary>The command that the arguments name, or null when they ask to serve.</summary>
    public static Command? Named(string[] args)
    {
        if (args.Length == 0 || args[0].StartsWith('-')) return null;
        foreach (var (names, needs, usage, work) in All)
            if (args.Take(names.Length).SequenceEqual(names)) return new(args, names.Length, work, usage, needs);
        return new(args, 0, (_, _, _, _) => Task.FromResult(false), "", -1);
    }

    public async Task<int> Run()
    {
        if (needs < 0 || args.Length - words < needs)
        {
            Console.Error.WriteLine(needs < 0 ? $"There is no command '{args[0]}'. There are:" : "Something is missing. Usage:");
            foreach (var (_, _, line, _) in All)
                if (needs < 0 || line == usage) Console.Error.WriteLine($"  {line}");
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
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions());
            builder.Configuration["Portal:RunJobs"] = "false";
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            if (usage is "vault add-key") return await work(builder.Services.BuildServiceProvider(), [.. args.Skip(words)], Console.Out, stopping.Token) ? 0 : 1;
            builder.AddPortal();
            await using var app = builder.Build();
            if (usage is not "restore FILE") await app.Services.GetRequiredService<Upgrade>().Apply(stopping.Token);
            // Hosted services write the trail and deliver news; a command needs them as a request does.
            var hosted = app.Services.GetServices<IHostedService>().Where(h => h is Kernel.Auditing.AuditTrail or Background).ToList();
            if (usage is not "restore FILE") foreach (var service in hosted) await service.StartAsync(stopping.Token);
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<RequestScope>().Actor = Actor.Portal;
            var done = await work(scope.ServiceProvider, [.. args.Skip(words)], Console.Out, stopping.Token);
            if (usage is not "restore FILE") foreach (var service in Enumerable.Reverse(hosted)) await service.StopAsync(CancellationToken.None);
            return done ? 0 : 1;
        }
        catch (WrongSetting e)
        {
            Console.Error.WriteLine(e.Message);
            return 2;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped. What was already done stays done; the same command goes on from there.");
            return 1;
        }
    }
}
