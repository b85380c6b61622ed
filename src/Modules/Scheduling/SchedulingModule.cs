namespace PatientPortal.Scheduling;

public sealed class SchedulingModule : IModule
{
    public string Name => "scheduling";

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
