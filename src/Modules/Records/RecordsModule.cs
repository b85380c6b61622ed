using PatientPortal.Records.Data;

namespace PatientPortal.Records;

/// <summary>Clinical documents, results and their release.</summary>
public sealed class RecordsModule : IModule
{
    public string Name => "records";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<RecordsDb>("records");
        services.AddScoped<ChartWriter>();
    }
}
