using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PatientPortal.Kernel.Data;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Data;

public sealed class UpgradeTests
{
    [Fact]
    public async Task a_second_host_is_not_kept_waiting_by_one_that_has_come_up()
    {
        await using var kernel = await KernelFixture.New();
        (await kernel.Services.GetRequiredService<Upgrade>().Apply(CancellationToken.None)).ShouldBeEmpty();
        await using var theirs = new PortalDatabase(kernel.Database.Engine, kernel.Database.ConnectionString);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        (await new Upgrade(kernel.Services, theirs, NullLogger<Upgrade>.Instance).Apply(patience.Token)).ShouldBeEmpty();
    }
}
