using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling;

public sealed class SchedulingModule : IModule
{
    public string Name => "scheduling";

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddModuleDb<SchedulingDb>(Name);
        services.AddSingleton<Supplies>();
        services.AddScoped<OpenTimes>();
        services.AddSingleton(configuration.GetSection("Scheduling").Get<SchedulingLimits>() ?? new());
    }
}
