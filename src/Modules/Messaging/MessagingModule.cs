namespace PatientPortal.Messaging;

public sealed class MessagingModule : IModule
{
    public string Name => "messaging";

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
