using Microsoft.Extensions.Primitives;

namespace PatientPortal.Host.Hosting;

/// <summary>
/// Makes the endpoints of a source once. The router and the cache of authorization policies both ask for them, and the framework's own sources compile
/// every handler anew for each who asks: half of what a start costs.
/// </summary>
sealed class EndpointsOnce(EndpointDataSource source) : EndpointDataSource
{
    readonly Lazy<IReadOnlyList<Endpoint>> made = new(() => source.Endpoints);

    public override IReadOnlyList<Endpoint> Endpoints => made.Value;

    /// <summary>Nothing is mapped after the start.</summary>
    public override IChangeToken GetChangeToken() => new CancellationChangeToken(CancellationToken.None);

    /// <summary>To be called when everything is mapped.</summary>
    public static void In(IEndpointRouteBuilder app)
    {
        var sources = app.DataSources.Select(s => new EndpointsOnce(s)).ToList();
        app.DataSources.Clear();
        foreach (var source in sources) app.DataSources.Add(source);
    }
}
