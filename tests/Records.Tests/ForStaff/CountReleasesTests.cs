using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Requests;
using PatientPortal.Records.ForStaff.CountReleases;

namespace PatientPortal.Records.Tests.ForStaff;

public class CountReleasesTests(PortalApp app)
{
    static readonly IReadOnlySet<string> Results = new HashSet<string> { "release" };

    Task<Outcome<ReleaseCounts>> Count(IReadOnlySet<string> permissions) => app.Inside(services =>
    {
        services.GetRequiredService<RequestScope>().Actor = new(ActorKind.Staff, Guid.CreateVersion7(), "Somebody", "Nurse", Guid.Empty, permissions, null);
        return services.GetRequiredService<IHandle<CountReleasesRequest, ReleaseCounts>>().Handle(new(), Charts.Ct);
    });

    [Fact]
    public async Task staff_get_numbers() => (await Count(Results)).Value.Held.ShouldBeGreaterThanOrEqualTo(0);

    [Fact]
    public async Task who_does_not_see_results_gets_none() => (await Count(new HashSet<string>())).Refusal!.Code.ShouldBe("missing_permission");
}
