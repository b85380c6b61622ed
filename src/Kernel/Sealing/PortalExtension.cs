using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace PatientPortal.Kernel.Sealing;

/// <summary>Carries the vault into a context's options, and keeps models of different key rings apart.</summary>
sealed class PortalExtension(Vault? vault) : IDbContextOptionsExtension
{
    public Vault? Vault => vault;

    public DbContextOptionsExtensionInfo Info => new ExtensionInfo(this);

    public void ApplyServices(IServiceCollection services) => services.AddSingleton<IModelCacheKeyFactory, PerVault>();

    public void Validate(IDbContextOptions options) { }

    sealed class ExtensionInfo(PortalExtension extension) : DbContextOptionsExtensionInfo(extension)
    {
        public override bool IsDatabaseProvider => false;
        public override string LogFragment => "";
        public override int GetServiceProviderHashCode() => 0;
        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is ExtensionInfo;
        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) { }
    }

    sealed class PerVault : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) =>
            (context.GetType(), context.GetService<IDbContextOptions>().FindExtension<PortalExtension>()?.Vault?.Fingerprint, context.Database.ProviderName, designTime);
    }
}
