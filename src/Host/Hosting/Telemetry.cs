using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace PatientPortal.Host.Hosting;

/// <summary>Traces and metrics of .NET's own sources, sent by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says so. Query strings are not in them.</summary>
static class Telemetry
{
    static readonly string[] Meters = ["Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        var portal = ResourceBuilder.CreateDefault().AddService("patient-portal");
        services.AddSingleton(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(portal).AddSource("Microsoft.AspNetCore").AddOtlpExporter().Build());
        services.AddSingleton(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(portal).AddMeter(Meters).AddOtlpExporter().Build());
        services.AddHostedService<Started>();
    }

    /// <summary>Asks for both once, so that they live as long as the host.</summary>
    sealed class Started(TracerProvider traces, MeterProvider meters) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.FromResult((traces, meters));

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(2000);
            meters.ForceFlush(2000);
            return Task.CompletedTask;
        }
    }
}
