using Microsoft.AspNetCore.Http.Features;
using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop;

/// <summary>The door for other systems: what arrives, what became of it, and what needs a person.</summary>
public sealed class InteropModule : IModule
{
    public string Name => "interop";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<InteropDb>("interop");
        services.AddScoped<Intake>();
        services.AddScoped<Batches>();
        services.AddScoped<ArrivalReports>();
        // A file in a form would otherwise wait on the disk, unsealed, until the request is over. Its size is limited before it is read.
        services.Configure<FormOptions>(form => form.MemoryBufferThreshold = InteropLimits.Bytes);
    }
}
