using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Events;

namespace PatientPortal.Host.Hosting;

/// <summary>Starts the courier and the linker of the trail; tests that set the clock run them by hand instead.</summary>
sealed class Background(Courier courier, AuditChain chain, IConfiguration configuration) : IHostedService
{
    readonly bool chained = configuration.GetValue("Portal:LinkAudit", true);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await courier.StartAsync(cancellationToken);
        if (chained) await chain.StartAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await courier.StopAsync(cancellationToken);
        if (chained) await chain.StopAsync(cancellationToken);
    }
}
