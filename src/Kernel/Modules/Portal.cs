using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Events;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Sealing;
using PatientPortal.Kernel.Web;

namespace PatientPortal.Kernel.Modules;

/// <summary>Puts modules together: services by scanning, routes by audience.</summary>
public static class Portal
{
    /// <summary>A module's context: rented from a pool, bound to the unit of work, on the portal's one database.</summary>
    public static IServiceCollection AddModuleDb<TDb>(this IServiceCollection services, string module) where TDb : ModuleDb
    {
        services.AddPooledDbContextFactory<TDb>((provider, options) =>
            options.UsePortal<TDb>(provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<Vault>()), poolSize: 128);
        services.AddScoped(provider =>
        {
            var db = provider.GetRequiredService<IDbContextFactory<TDb>>().CreateDbContext();
            db.Rent(provider.GetRequiredService<RequestScope>(), provider.GetRequiredService<Kept>());
            return db;
        });
        services.AddScoped<ChartMoves<TDb>>();
        if (typeof(TDb).IsAssignableTo(typeof(IKeepsCharts))) services.AddScoped<IFollowsCharts>(provider => provider.GetRequiredService<ChartMoves<TDb>>());
        services.AddSingleton(new Migrated(typeof(TDb), module, provider => provider.GetRequiredService<IDbContextFactory<TDb>>().CreateDbContext()));
        return services;
    }

    /// <summary>The options of every context: engine, history table, key ring.</summary>
    public static DbContextOptionsBuilder UsePortal<TDb>(this DbContextOptionsBuilder options, PortalDatabase database, Vault? vault) where TDb : DbContext
    {
        var (assembly, history) = (typeof(TDb).Assembly.FullName, $"{Naming.PrefixOf(typeof(TDb))}_migrations");
        if (database.Engine is Engine.PostgreSql)
            options.UseNpgsql(database.Postgres!, o => o.MigrationsAssembly(assembly).MigrationsHistoryTable(history));
        else
            options.UseSqlite(database.ConnectionString, o => o.MigrationsAssembly(assembly).MigrationsHistoryTable(history));
        // Migrations are provider-neutral; the snapshot was taken on one engine, so the other always looks "changed". A test compares the schemas instead.
        options.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
        options.EnableServiceProviderCaching();
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new PortalExtension(vault));
        return options;
    }

    public static IServiceCollection AddKernel(this IServiceCollection services, IReadOnlyList<Assembly> assemblies, PortalDatabase database, Vault vault, AuditHeads heads)
    {
        services.AddSingleton(database);
        services.AddSingleton(vault);
        services.AddSingleton(heads);
        services.AddSingleton(new Listeners(assemblies));
        services.AddSingleton(new Cards(assemblies));
        services.AddSingleton(JobRunner.Find(assemblies));
        services.AddSingleton<CourierBell>();
        services.AddSingleton<Kept>();
        services.AddSingleton<Repeats>();
        services.AddSingleton<Deliveries>();
        services.AddSingleton<IAuditReader, AuditReader>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<IFreeClaims>(p => p.GetRequiredService<JobRunner>());
        services.AddSingleton<SoleHost>();
        services.AddSingleton<Upgrade>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AuditChain>();
        services.AddSingleton<Courier>();
        services.AddHostedService(p => p.GetRequiredService<AuditTrail>());
        services.AddHostedService<LogKeeper>();
        services.AddScoped<RequestScope>();
        services.AddScoped<Texts.Texts>();
        services.AddScoped(p => p.GetRequiredService<RequestScope>().Patient
            ?? throw new InvalidOperationException("This unit of work is about no patient: the route or page is not one for patients."));
        services.AddScoped(p => p.GetRequiredService<RequestScope>().Actor is { Kind: ActorKind.Staff } a
            ? new CurrentStaff(a.AccountId, a.Name, a.Role, a.Permissions)
            : throw new InvalidOperationException("No staff member acts in this unit of work."));
        services.AddModuleDb<KernelDb>("kernel");
        return services;
    }

    public static IServiceCollection AddModules(this IServiceCollection services, Microsoft.Extensions.Configuration.IConfiguration configuration, IReadOnlyList<IModule> modules)
    {
        var assemblies = modules.Select(m => m.Assembly).ToArray();
        Texts.Texts.Load([.. assemblies, typeof(Portal).Assembly]);
        foreach (var module in modules) module.AddServices(services, configuration);
        foreach (var found in Found.GetOrAdd(string.Join(' ', assemblies.Select(a => a.FullName)), _ => [.. Find(assemblies)])) services.Add(found);
        return services;
    }

    /// <summary>What is found in the modules, once in a process: to decorate hundreds of handlers takes longer than the rest of a start, and tests start often.</summary>
    static readonly System.Collections.Concurrent.ConcurrentDictionary<string, ServiceDescriptor[]> Found = new();

    static ServiceCollection Find(System.Reflection.Assembly[] assemblies)
    {
        var services = new ServiceCollection();
        services.Scan(scan => scan.FromAssemblies(assemblies)
            .AddClasses(c => c.AssignableTo(typeof(IHandle<,>)), publicOnly: false).AsImplementedInterfaces().WithScopedLifetime()
            .AddClasses(c => c.AssignableTo(typeof(IValidator<>)), publicOnly: false).AsImplementedInterfaces().WithSingletonLifetime()
            .AddClasses(c => c.AssignableTo(typeof(INotificationHandler<>)), publicOnly: false).AsSelf().WithScopedLifetime()
            .AddClasses(c => c.AssignableTo<IJob>(), publicOnly: false).AsSelf().WithScopedLifetime()
            .AddClasses(c => c.AssignableTo<IFreeClaims>(), publicOnly: false).As<IFreeClaims>().WithScopedLifetime()
            .AddClasses(c => c.AssignableTo<IHostCommand>(), publicOnly: false).AsSelf().WithScopedLifetime()
            .AddClasses(c => c.AssignableTo<IHomePart>(), publicOnly: false).As<IHomePart>().WithScopedLifetime()
            .AddClasses(c => c.AssignableTo<IStaffNav>(), publicOnly: false).As<IStaffNav>().WithScopedLifetime());
        // The innermost first: what is decorated last stands outermost.
        services.Decorate(typeof(IHandle<,>), typeof(Repeatable<,>));
        services.Decorate(typeof(IHandle<,>), typeof(Guarded<,>));
        services.Decorate(typeof(IHandle<,>), typeof(Audited<,>));
        services.Decorate(typeof(IHandle<,>), typeof(Allowed<,>));
        services.Decorate(typeof(IHandle<,>), typeof(Validated<,>));
        services.Decorate(typeof(IHandle<,>), typeof(InTurn<,>));
        return services;
    }

    public static void MapModules(this IEndpointRouteBuilder app, IReadOnlyList<IModule> modules)
    {
        var everyone = Group(app, "/api/v1", Audience.Everyone).AllowAnonymous();
        var members = Group(app, "/api/v1", Audience.Members).RequireAuthorization("members");
        var patients = Group(app, "/api/v1/patients/{patient}", Audience.Patients).RequireAuthorization("patients");
        var staff = Group(app, "/api/v1/staff", Audience.Staff).RequireAuthorization("staff");
        var apps = Group(app, "/fhir/r4", Audience.Apps).RequireAuthorization("apps");
        foreach (var module in modules)
        {
            Map(typeof(IEveryoneApi), module, everyone);
            Map(typeof(IMemberApi), module, members);
            Map(typeof(IPatientApi), module, patients);
            Map(typeof(IStaffApi), module, staff);
            Map(typeof(IAppApi), module, apps);
        }
    }

    static RouteGroupBuilder Group(IEndpointRouteBuilder app, string prefix, Audience audience) =>
        app.MapGroup(prefix).WithMetadata(new AudienceMetadata(audience)).WithTags(audience.ToString());

    static void Map(Type door, IModule module, RouteGroupBuilder group)
    {
        foreach (var api in module.Assembly.GetTypes().Where(t => t is { IsInterface: false } && t.IsAssignableTo(door)).OrderBy(t => t.FullName, StringComparer.Ordinal))
            api.GetMethod("Map", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [group]);
    }
}

/// <summary>A context whose migrations are applied at start.</summary>
sealed record Migrated(Type Db, string Module, Func<IServiceProvider, ModuleDb> Make);
