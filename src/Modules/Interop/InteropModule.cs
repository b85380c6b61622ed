namespace PatientPortal.Interop;

public sealed class InteropModule : IModule
{
    public string Name => "interop";

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
