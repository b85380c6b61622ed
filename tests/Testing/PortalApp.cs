using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Events;
using PatientPortal.Kernel.Jobs;
using Xunit;

namespace PatientPortal.Testing;

/// <summary>
/// The portal, running: a copy of the synthetic clinic at a fixed hour, a clock that the test sets, news delivered when the test asks.
/// Use it as a class fixture; tests that change shared things take an app of their own (<c>await PortalApp.New()</c>).
/// </summary>
public sealed class PortalApp : WebApplicationFactory<Host.App>, IAsyncLifetime
{
    public const string Password = "Portal-demo-2026";

    readonly bool fill;
    bool ownsDatabase;
    string? connectionString;
    Action<IServiceCollection>? change;
    readonly Dictionary<string, string> settings = [];
    readonly System.Collections.Concurrent.ConcurrentDictionary<string, Lazy<Task<string>>> tokens = new();

    public PortalApp() => (Data, ownsDatabase) = (Directory.CreateTempSubdirectory("portal-test-").FullName, true);

    internal PortalApp(string connectionString, string data, bool fill) => (this.connectionString, Data, this.fill) = (connectionString, data, fill);

    /// <summary>An app of one's own, with settings or services changed.</summary>
    public static async Task<PortalApp> New(Action<IServiceCollection>? change = null, params (string Name, string Value)[] settings)
    {
        var app = new PortalApp { change = change };
        foreach (var (name, value) in settings) app.settings[name] = value;
        await app.InitializeAsync();
        return app;
    }

    /// <summary>The portal, started again on the same data, with the same settings and at the same time; this one has ended.</summary>
    public async Task<PortalApp> StartedAgain()
    {
        var next = new PortalApp(connectionString!, Data, fill) { change = change, ownsDatabase = ownsDatabase };
        foreach (var (name, value) in settings) next.settings[name] = value;
        next.Clock.Set(Clock.GetUtcNow());
        ownsDatabase = false;
        await DisposeAsync();
        await next.Start();
        return next;
    }

    /// <summary>Set <c>PORTAL_TEST_ENGINE=PostgreSql</c> to run on PostgreSQL.</summary>
    public static Engine Engine { get; } = Enum.Parse<Engine>(Environment.GetEnvironmentVariable("PORTAL_TEST_ENGINE") ?? nameof(Engine.Sqlite), ignoreCase: true);

    /// <summary>A server on which the tests may make databases.</summary>
    public static string PostgresServer { get; } =
        Environment.GetEnvironmentVariable("PORTAL_TEST_POSTGRES") ?? "Host=127.0.0.1;Username=portal;Password=portal;Database=postgres";

    /// <summary>The data directory of this app: database, keys, mail.</summary>
    public string Data { get; }

    public SetClock Clock { get; } = new(Template.Hour);

    public PortalDatabase Database => Services.GetRequiredService<PortalDatabase>();

    /// <summary>Every line that was logged, to search for what must not be there.</summary>
    public LoggedLines Log { get; } = new();

    public async ValueTask InitializeAsync()
    {
        connectionString ??= await Template.Copy(Data);
        await Start();
    }

    internal async Task Start()
    {
        _ = Services;
        await Task.CompletedTask;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Portal:DataDirectory", Data);
        builder.UseSetting("Portal:SyntheticClinic", "true");
        builder.UseSetting("Portal:RunJobs", "false");
        builder.UseSetting("Portal:LinkAudit", "false");
        builder.UseSetting("Portal:RequestsPerSecond", "100000");
        // Slow hashes are measured elsewhere; hundreds of sign-ins here would wait minutes for them.
        builder.UseSetting("Identity:PasswordIterations", "1000");
        builder.UseSetting("Vault:KeyFile", Template.KeyFile);
        builder.UseSetting("Database:Provider", Engine.ToString());
        builder.UseSetting("ConnectionStrings:Portal", connectionString);
        foreach (var (name, value) in settings) builder.UseSetting(name, value);
        builder.ConfigureServices(services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
            change?.Invoke(services);
        });
        builder.ConfigureLogging(log =>
        {
            log.ClearProviders();
            log.AddProvider(Log);
        });
    }

    /// <summary>A client that is not signed in.</summary>
    public HttpClient Anonymous() => CreateClient(new() { BaseAddress = new("https://localhost"), AllowAutoRedirect = false, HandleCookies = false });

    /// <summary>A client with cookies, as a browser has them; follows no redirects.</summary>
    public HttpClient Browser() => CreateClient(new() { BaseAddress = new("https://localhost"), AllowAutoRedirect = false, HandleCookies = true });

    /// <summary>
    /// A client with a bearer token of one of the clinic's people. One sign-in serves all: a staff member's code is good once, and the clock stands still.
    /// </summary>
    /// <param name="fresh">A session of its own; lets 30 seconds pass for the next code.</param>
    public async Task<HttpClient> SignInAs(string username, string password = Password, bool fresh = false)
    {
        var client = Anonymous();
        if (fresh) Clock.Advance(TimeSpan.FromSeconds(30));
        if (!fresh && tokens.TryGetValue(username, out var token))
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await token.Value);
            return client;
        }
        var signingIn = fresh ? SignIn(username, password) : tokens.GetOrAdd(username, _ => new(() => SignIn(username, password))).Value;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await signingIn);
        return client;
    }

    async Task<string> SignIn(string username, string password)
    {
        using var client = Anonymous();
        var answer = await client.PostAsJsonAsync("/api/v1/sign-in", new { username, password });
        if (answer.StatusCode is HttpStatusCode.Unauthorized) answer = await client.PostAsJsonAsync("/api/v1/sign-in", new { username, password, code = Totp.Now(Clock) });
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{username} can't sign in: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("accessToken").GetString()!;
    }

    /// <summary>The id of the signed-in patient's own chart.</summary>
    public static async Task<Guid> OwnChart(HttpClient client)
    {
        using var me = JsonDocument.Parse(await client.GetStringAsync("/api/v1/me"));
        return me.RootElement.GetProperty("patients").EnumerateArray().First(p => p.GetProperty("relation").GetString() is "self").GetProperty("id").GetGuid();
    }

    /// <summary>Waits until all news is delivered that is due at the clock's time.</summary>
    public async Task CourierIsIdle()
    {
        var courier = Services.GetRequiredService<Courier>();
        while (await courier.DeliverDue(CancellationToken.None) > 0) { }
    }

    /// <summary>Runs a job as the scheduler would; gives what it said.</summary>
    public async Task<string?> RunJob(string name)
    {
        var said = await Services.GetRequiredService<JobRunner>().Run(name, CancellationToken.None);
        await CourierIsIdle();
        return said;
    }

    /// <summary>Inside the portal: services of a scope in which the portal itself acts.</summary>
    public async Task<T> Inside<T>(Func<IServiceProvider, Task<T>> look)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<RequestScope>().Actor = Actor.Portal;
        return await look(scope.ServiceProvider);
    }

    /// <summary>The mails that were sent, as files: newest last.</summary>
    public IReadOnlyList<string> Mailbox()
    {
        var mail = Path.Combine(Data, "mail");
        return Directory.Exists(mail) ? [.. Directory.GetFiles(mail, "*.eml").OrderBy(File.GetLastWriteTimeUtc).Select(File.ReadAllText)] : [];
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (!ownsDatabase) return;
        if (Engine is Engine.PostgreSql && connectionString is not null)
        {
            await using var admin = new NpgsqlConnection(PostgresServer);
            await admin.OpenAsync();
            await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)", admin);
            await drop.ExecuteNonQueryAsync();
        }
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
    }
}
