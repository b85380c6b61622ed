using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Web;

namespace PatientPortal.Host.ForPatients.Home;

/// <summary>What the home page shows, for clients of the API: one member for each module that has something to say.</summary>
[Does(Act.Read, "home", "Looked at the home page")]
sealed record ReadHomeRequest;

sealed class ReadHomeHandler(CurrentPatient me, IEnumerable<IHomePart> parts) : IHandle<ReadHomeRequest, IReadOnlyDictionary<string, object>>
{
    public async Task<Outcome<IReadOnlyDictionary<string, object>>> Handle(ReadHomeRequest request, CancellationToken ct)
    {
        var home = new Dictionary<string, object> { ["patient"] = new { me.Id, me.Name } };
        foreach (var part in parts.OrderBy(p => p.Name, StringComparer.Ordinal))
            if (await part.Read(ct) is { } data) home[part.Name] = data;
        return home;
    }
}

sealed class ReadHomeApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/home", async (IHandle<ReadHomeRequest, IReadOnlyDictionary<string, object>> home, CancellationToken ct) => (await home.Handle(new(), ct)).ToHttp())
           .WithName("ReadHome").Produces<IReadOnlyDictionary<string, object>>();
}
