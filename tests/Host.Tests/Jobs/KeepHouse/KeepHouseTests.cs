using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.Jobs.KeepHouse;

public sealed class KeepHouseTests
{
    [Fact]
    public async Task it_runs_and_says_what_it_took_away()
    {
        await using var app = await PortalApp.New();
        (await app.RunJob("keep-house")).ShouldBe("Took away 0 delivered news and 0 remembered answers.");
    }
}
