using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.SeeSecondFactor;

/// <summary>Whether signing in asks for a code, and how many recovery codes are left.</summary>
sealed record SeeSecondFactorRequest;

sealed class SeeSecondFactorHandler(SecondFactors factors) : IHandle<SeeSecondFactorRequest, SecondFactorState>
{
    public async Task<Outcome<SecondFactorState>> Handle(SeeSecondFactorRequest ask, CancellationToken ct) => await factors.State(ct) is { } state ? state : Outcome.NotFound;
}

sealed class SeeSecondFactorApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/second-factor", async (IHandle<SeeSecondFactorRequest, SecondFactorState> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithName("SeeSecondFactor").Produces<SecondFactorState>();
}
