using PatientPortal.Pharmacy.Data;

namespace PatientPortal.Pharmacy;

public sealed class PharmacyModule : IModule
{
    public string Name => "pharmacy";

    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddModuleDb<PharmacyDb>("pharmacy");
}
