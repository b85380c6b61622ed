using PatientPortal.Kernel.Modules;

namespace PatientPortal.Host;

/// <summary>The modules of the portal, a line each.</summary>
public static class Modules
{
    public static readonly IReadOnlyList<IModule> All =
    [
        new Identity.IdentityModule(),
        new Scheduling.SchedulingModule(),
        new Records.RecordsModule(),
        new Messaging.MessagingModule(),
        new Pharmacy.PharmacyModule(),
        new Interop.InteropModule(),
        new HostModule(),
    ];
}

/// <summary>What is composed of all modules: the home page, the staff's Today, jobs and news that need a person.</summary>
public sealed class HostModule : IModule
{
    public string Name => "host";

    public void AddServices(IServiceCollection services, IConfiguration configuration) { }
}
