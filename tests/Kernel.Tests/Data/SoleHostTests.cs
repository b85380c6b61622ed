using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Modules;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Data;

public sealed class SoleHostTests
{
    static SoleHost Host(KernelFixture kernel) => new(kernel.Database, kernel.Services.GetRequiredService<IServiceScopeFactory>(), NullLogger<SoleHost>.Instance);

    [Fact]
    public async Task on_sqlite_a_second_host_does_not_start_until_the_first_has_ended()
    {
        await using var kernel = await KernelFixture.New();
        using var second = Host(kernel);
        using (var first = Host(kernel))
        {
            await first.Enter(1, CancellationToken.None);
            if (PortalApp.Engine is Engine.PostgreSql)
            {
                // Several hosts serve one database there.
                await second.Enter(1, CancellationToken.None);
                second.TryEnter().ShouldBeTrue();
                return;
            }
            (await Should.ThrowAsync<CannotStart>(() => second.Enter(1, CancellationToken.None))).Message.ShouldContain("serves");
            second.TryEnter().ShouldBeFalse();
            first.TryEnter().ShouldBeTrue();
        }
        await second.Enter(1, CancellationToken.None);
        second.TryEnter().ShouldBeTrue();
    }

    [Fact]
    public async Task a_host_that_is_being_stopped_is_waited_for()
    {
        await using var kernel = await KernelFixture.New();
        using var first = Host(kernel);
        using var second = Host(kernel);
        await first.Enter(1, CancellationToken.None);
        var starting = second.Enter(600, CancellationToken.None);
        first.Dispose();
        await starting;
        using var third = Host(kernel);
        third.TryEnter().ShouldBe(PortalApp.Engine is Engine.PostgreSql);
    }

    [Fact]
    public async Task claims_are_freed_only_by_who_serves_alone()
    {
        await using var kernel = await KernelFixture.New();
        using var host = Host(kernel);
        if (PortalApp.Engine is Engine.PostgreSql) await host.FreeClaims(CancellationToken.None);
        else await Should.ThrowAsync<InvalidOperationException>(() => host.FreeClaims(CancellationToken.None));
    }
}
