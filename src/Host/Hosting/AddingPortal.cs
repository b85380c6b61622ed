using System.IO.Compression;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.ResponseCompression;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Sealing;
using PatientPortal.Kernel.Web;

namespace PatientPortal.Host.Hosting;

/// <summary>What the portal is made of.</summary>
public static class AddingPortal
{
    /// <summary>A request body outside of uploads: 1 MiB.</summary>
    const long UsualBody = 1 << 20;

    public static void AddPortal(this WebApplicationBuilder builder)
    {
        var settings = Settings.Read(builder.Configuration, builder.Environment);
        Directory.CreateDirectory(settings.DataDirectory);
        // What modules read of it is the whole path, wherever the setting came from.
        builder.Configuration["Portal:DataDirectory"] = settings.DataDirectory;
        if (!File.Exists(settings.KeyFile))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(settings.KeyFile)!);
            KeyFile.AddKey(settings.KeyFile);
            settings = settings with { KeyFileMade = true };
        }

        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddKernel(
            [.. Modules.All.Select(m => m.Assembly), typeof(Portal).Assembly], new PortalDatabase(settings.Engine, settings.ConnectionString), KeyFile.Open(settings.KeyFile),
            new AuditHeads(Path.Combine(settings.DataDirectory, "audit-heads.log")));
        services.AddHttpContextAccessor();
        Kernel.Texts.Texts.Load([typeof(Ui.PatientLayout).Assembly]);
        services.AddModules(builder.Configuration, Modules.All);
        services.Scan(scan => scan.FromAssemblies(Modules.All.Select(m => m.Assembly))
            .AddClasses(c => c.AssignableTo<Synthetic.ISynthetic>(), publicOnly: false).As<Synthetic.ISynthetic>().WithScopedLifetime());
        services.AddScoped<SyntheticClinic>();
        services.AddHostedService<Background>();

        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = builder.Environment.IsProduction() ? "__Host-form" : "form";
            o.Cookie.SecurePolicy = builder.Environment.IsProduction() ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.Path = "/";
            // The portal's own headers say it for every page.
            o.SuppressXFrameOptionsHeader = true;
        });
        services.AddDataProtection().SetApplicationName("patient-portal");
        services.AddSingleton<SealedKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<SealedKeys>((options, keys) => options.XmlRepository = keys);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy("apps", p => p.RequireClaim("kind", "app"));
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Converters.Add(new TextWithoutZeros());
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.KebabCaseLower));
            o.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip;
        });
        services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.Providers.Add<GzipCompressionProvider>();
            o.MimeTypes = ["text/html", "application/json", "application/problem+json", "application/fhir+json", "image/svg+xml", "text/css", "text/javascript"];
        });
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.AddRateLimiter(o => Limits(o, builder.Configuration));
        services.AddOpenApi("v1", OpenApiDocument.Describe);
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);
        services.AddTelemetry(builder.Configuration);
        services.AddScheduler(builder.Configuration);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = UsualBody;
            k.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        });
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && string.IsNullOrEmpty(builder.Configuration["ASPNETCORE_URLS"])) builder.WebHost.UseUrls("http://127.0.0.1:5080");
    }

    /// <summary>A bucket an account, and one an address for those not signed in: 50 requests a second, 200 at once, unless set otherwise.</summary>
    static void Limits(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions options, IConfiguration configuration)
    {
        var perSecond = configuration.GetValue("Portal:RequestsPerSecond", 50);
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
        {
            var actor = http.RequestServices.GetRequiredService<RequestScope>().Actor;
            return RateLimitPartition.GetTokenBucketLimiter(
                actor.IsSignedIn ? actor.AccountId.ToString() : http.Connection.RemoteIpAddress?.ToString() ?? "local",
                _ => new() { TokenLimit = perSecond * 4, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), AutoReplenishment = true });
        });
        options.OnRejected = (context, _) => new(Http.WriteProblem(context.HttpContext, Outcome.TooMany("That was a lot at once. Wait a moment, and try again.", TimeSpan.FromSeconds(1))));
    }
}
