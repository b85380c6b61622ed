using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Host.Commands;

/// <summary>Brings the database to the newest form. Every command does so first; this one does only that.</summary>
static class MigrateCommand
{
    public static async Task<bool> Run(IServiceProvider services, string[] args, TextWriter said, CancellationToken ct)
    {
        var applied = await services.GetRequiredService<Upgrade>().Apply(ct);
        await said.WriteLineAsync(applied.Count == 0 ? "The database is up to date." : $"Applied {string.Join(", ", applied)}.");
        return true;
    }
}

/// <summary>Reads the whole audit trail again and says what is wrong first, by number.</summary>
static class AuditCommand
{
    public static async Task<bool> Run(IServiceProvider services, string[] args, TextWriter said, CancellationToken ct)
    {
        var chain = services.GetRequiredService<AuditChain>();
        while (await chain.Link(ct) > 0) { }
        var wrong = await chain.Verify(ct);
        await said.WriteLineAsync(wrong ?? "The audit trail is whole: every record is as it was written.");
        return wrong is null;
    }
}
