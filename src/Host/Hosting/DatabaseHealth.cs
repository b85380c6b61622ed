using Microsoft.Extensions.Diagnostics.HealthChecks;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Host.Hosting;

/// <summary>Ready means: the database answers.</summary>
sealed class DatabaseHealth(PortalDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = await database.Open(cancellationToken);
            await using var command = connection.Command("SELECT COUNT(*) FROM kernel_jobs");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e)
        {
            return HealthCheckResult.Unhealthy(e.GetType().Name);
        }
    }
}
