namespace PatientPortal.Records;

public sealed class RecordsModule : IModule
{
    public string Name => "records";

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
