using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Architecture.Tests.Looking;
using PatientPortal.Architecture.Tests.Map;
using PatientPortal.Kernel.Access;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Architecture.Tests.Running;

/// <summary>What the source promises, held against the endpoint list of the running portal: every route, present and future.</summary>
public sealed class EndpointsTests(PortalApp app) : IClassFixture<PortalApp>
{
    /// <summary>
    /// Two that ASP.NET adds by itself and that hold nothing of ours: the redirect of static pages, which opens only what it sealed itself, and the
    /// answer that a static file is not there. Counted below, so that a third is seen.
    /// </summary>
    static bool IsFrameworks(RouteEndpoint endpoint) => Of(endpoint) is "/_framework/opaque-redirect" or "/{**path:file}";

    IReadOnlyList<RouteEndpoint> All => [.. app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()];

    IReadOnlyList<RouteEndpoint> Endpoints => [.. All.Where(e => !IsFrameworks(e))];

    static string Of(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');

    [Fact]
    public void every_endpoint_states_its_audience()
    {
        Endpoints.Count.ShouldBeGreaterThan(50);
        All.Where(IsFrameworks).Select(Of).Distinct().Count().ShouldBeLessThanOrEqualTo(2);
        Endpoints.Where(e => e.Metadata.GetMetadata<IAudience>() is null).Select(Of).ShouldBeEmpty("an endpoint that nobody guarded is one that everybody can call");
    }

    [Fact]
    public void an_endpoint_stands_under_the_address_of_its_audience()
    {
        var wrong = from endpoint in Endpoints
                    let route = Of(endpoint)
                    let audience = endpoint.Metadata.GetMetadata<IAudience>()!.Audience
                    where (route.StartsWith("/api/v1/staff", StringComparison.Ordinal) || route.StartsWith("/staff", StringComparison.Ordinal)) != audience is Audience.Staff
                        || (route.StartsWith("/api/v1/patients/{patient}", StringComparison.Ordinal) && audience is not Audience.Patients)
                    select $"{route} is for {audience}";
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void only_what_is_for_everyone_opens_without_signing_in()
    {
        var open = from endpoint in Endpoints
                   where endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null
                   where endpoint.Metadata.GetMetadata<IAudience>()!.Audience is not Audience.Everyone
                   select Of(endpoint);
        open.ShouldBeEmpty();
    }

    [Fact]
    public void every_route_of_the_running_portal_stands_in_the_module_map()
    {
        var drawn = new ModuleMap(Portal.Real).Routes.Select(r => new Regex($"^{Regex.Escape(r.What[7..].TrimEnd('/')).Replace(@"\{\*}", "[^/]+", StringComparison.Ordinal)}$")).ToList();
        drawn.Count.ShouldBeGreaterThan(20);
        var missing = from endpoint in Endpoints
                      let route = Of(endpoint)
                      where route.StartsWith("/api/v1/", StringComparison.Ordinal) || route.StartsWith("/fhir/", StringComparison.Ordinal)
                      where !drawn.Any(d => d.IsMatch(route.TrimEnd('/')))
                      select route;
        missing.ShouldBeEmpty();
    }
}
