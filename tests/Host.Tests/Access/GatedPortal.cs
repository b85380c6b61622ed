using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Requests;
using PatientPortal.Testing;
using Xunit;

namespace PatientPortal.Host.Tests.Access;

/// <summary>
/// The portal with a bell behind every gate: a request that asks for it (<see cref="GateOnly"/>) passes authentication, the patient's door, scopes and permissions as
/// they are, and where its handler would begin it is written down and turned back. So every route can be tried by everybody, and nothing is changed.
/// </summary>
public sealed class GatedPortal : IAsyncLifetime
{
    public const string GateOnly = "X-Gate-Only", Reached = "X-Reached";

    public PortalApp App { get; private set; } = null!;

    public Guid Maria { get; private set; }

    readonly HashSet<string> menu = [];

    /// <summary>The handlers that a request came through to.</summary>
    public bool Came(HttpResponseMessage answer, out IReadOnlyList<string> handlers)
    {
        handlers = answer.Headers.TryGetValues(Reached, out var all) ? [.. all.Where(h => !menu.Contains(h))] : [];
        return handlers.Count > 0;
    }

    public async ValueTask InitializeAsync()
    {
        App = await PortalApp.New(services =>
        {
            services.AddHttpContextAccessor();
            services.Replace(ServiceDescriptor.Scoped<IClaimsTransformation, AppToken>());
            var bells = 0;
            // What the staff's menu counts stands on every page, and is no page's own.
            menu.UnionWith(services.Where(s => s.ServiceType == typeof(IStaffNav)).SelectMany(s => s.ImplementationType!.GetConstructors()).SelectMany(c => c.GetParameters())
                .Where(p => p.ParameterType is { IsGenericType: true } t && t.GetGenericTypeDefinition() == typeof(IHandle<,>)).Select(p => p.ParameterType.GetGenericArguments()[0].Name));
            for (var i = 0; i < services.Count; i++)
            {
                var service = services[i];
                // What is decorated is kept under a key.
                var type = service.IsKeyedService ? service.KeyedImplementationType : service.ImplementationType;
                if (type is null or { IsGenericType: true } || type.GetInterfaces().SingleOrDefault(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(IHandle<,>)) is not { } handle) continue;
                var bell = typeof(Bell<,>).MakeGenericType(handle.GetGenericArguments());
                object Make(IServiceProvider p) => ActivatorUtilities.CreateInstance(p, bell, ActivatorUtilities.CreateInstance(p, type));
                services[i] = service.IsKeyedService ? ServiceDescriptor.KeyedScoped(service.ServiceType, service.ServiceKey, (p, _) => Make(p)) : ServiceDescriptor.Scoped(service.ServiceType, Make);
                bells++;
            }
            if (bells < 100) throw new InvalidOperationException($"Only {bells} handlers were found: the gates would be tried against nothing.");
            // What is asked is who comes in, not whether what they say makes sense.
            foreach (var rules in services.Where(s => s.ServiceType is { IsGenericType: true } t && t.GetGenericTypeDefinition() == typeof(IValidator<>)).ToList()) services.Remove(rules);
        });
        Maria = await PortalApp.OwnChart(await App.SignInAs("maria"));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    /// <summary>What each role of the synthetic clinic holds: as the hospital would write it down, apart from the code.</summary>
    public static IReadOnlySet<string> PermissionsOf(string username) => username switch
    {
        "drlee" or "nurse" => Set("patients schedule inbox clinical-messages refills results release break-glass"),
        "frontdesk" => Set("patients sign-ups schedule inbox proxies recover contacts break-glass support"),
        "pharmacist" => Set("patients inbox refills break-glass"),
        "records" => Set("patients sign-ups results import proxies merge contacts break-glass"),
        "privacy" => Set("patients audit privacy"),
        "admin" => Set("patients import support accounts staff recover audit age-tiers jobs"),
        _ => throw new ArgumentOutOfRangeException(nameof(username)),
    };

    static HashSet<string> Set(string words) => [.. words.Split(' ')];

    /// <summary>Somebody who may act for Maria with one scope; "ended" and "revoked" with all of them, once.</summary>
    public async Task<HttpClient> Proxy(string what)
    {
        // James cares for his daughter; for Maria he gets a grant of each kind in turn, in a session of his own.
        var client = await App.SignInAs("james", fresh: true);
        var account = (await client.GetFromJsonAsync<JsonElement>("/api/v1/me")).GetProperty("userId").GetGuid();
        await Grant(account, what);
        return client;
    }

    async Task Grant(Guid account, string what)
    {
        var now = App.Clock.GetUtcNow();
        await App.Database.Write(background: false, async (connection, transaction) =>
        {
            await using var clear = connection.Command("DELETE FROM identity_grants WHERE account_id = @account AND patient_id = @patient", ("account", account), ("patient", Maria));
            clear.Transaction = transaction;
            await clear.ExecuteNonQueryAsync();
            await using var add = connection.Command("""
                INSERT INTO identity_grants (id, patient_id, account_id, relation, scopes, starts_at, ends_at, version)
                VALUES (@id, @patient, @account, 'friend', @scopes, @start, @end, 0)
                """, ("id", Guid.CreateVersion7()), ("patient", Maria), ("account", account),
                ("scopes", what is "ended" or "revoked" ? "appointments,records,messages,medications" : what),
                ("start", Instants.Write(now.AddDays(-2))), ("end", what is "ended" ? Instants.Write(now.AddSeconds(-1)) : null));
            add.Transaction = transaction;
            return await add.ExecuteNonQueryAsync();
        }, CancellationToken.None);
    }

    /// <summary>Maria ends it, as she would.</summary>
    public async Task Revoke()
    {
        var maria = await App.SignInAs("maria");
        var grant = (await maria.GetFromJsonAsync<JsonElement>("/api/v1/me/account")).GetProperty("grants").EnumerateArray().Single(g => g.GetProperty("relation").GetString() is "friend").GetProperty("id").GetGuid();
        (await maria.PostAsync($"/api/v1/patients/me/proxies/{grant}/revoke", null)).EnsureSuccessStatusCode();
    }

    /// <summary>A nurse with a session, disabled a moment later.</summary>
    public async Task<HttpClient> Disabled()
    {
        var nurse = await App.SignInAs("nurse", fresh: true);
        var id = (await nurse.GetFromJsonAsync<JsonElement>("/api/v1/me")).GetProperty("userId").GetGuid();
        var admin = await App.SignInAs("admin", fresh: true);
        (await admin.PostAsync($"/api/v1/staff/accounts/{id}/disable", null)).EnsureSuccessStatusCode();
        return nurse;
    }
}

/// <summary>
/// Makes an app's token of the patient's own where a request asks for it: known as an app, authorised by this patient. The portal gives none out yet; what its
/// doors say to one is known before it does.
/// </summary>
sealed class AppToken(IHttpContextAccessor http) : IClaimsTransformation
{
    public const string Header = "X-As-App";

    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (http.HttpContext is not { } context || !context.Request.Headers.ContainsKey(Header)) return Task.FromResult(principal);
        var scope = context.RequestServices.GetRequiredService<RequestScope>();
        scope.Actor = scope.Actor with { Kind = ActorKind.App, Role = "App" };
        return Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity([new("kind", "app"), .. principal.Claims.Where(c => c.Type is not "kind")], "app")));
    }
}

/// <summary>Stands where a handler begins.</summary>
sealed class Bell<TRequest, TResponse>(IHandle<TRequest, TResponse> handler, IHttpContextAccessor http) : IHandle<TRequest, TResponse>
{
    public Task<Outcome<TResponse>> Handle(TRequest request, CancellationToken ct)
    {
        if (http.HttpContext is not { } context || !context.Request.Headers.ContainsKey(GatedPortal.GateOnly)) return handler.Handle(request, ct);
        if (!context.Response.HasStarted) context.Response.Headers.Append(GatedPortal.Reached, typeof(TRequest).Name);
        return Task.FromResult<Outcome<TResponse>>(Outcome.Conflict("reached", "This came through to its handler."));
    }
}
