using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Modules;

namespace PatientPortal.Host.Commands;

/// <summary>Brings the database to the newest form. Every command, and every start, does so first; this one does only that.</summary>
[HostCommand("migrate")]
sealed class MigrateCommand(Upgrade upgrade) : IHostCommand
{
    public async Task<bool> Run(IReadOnlyList<string> arguments, TextWriter said, CancellationToken ct)
    {
        await upgrade.Apply(ct);
        await said.WriteLineAsync("The database is up to date.");
        return true;
    }
}

/// <summary>Reads the whole audit trail again and says what is wrong first, by number.</summary>
[HostCommand("audit verify")]
sealed class AuditCommand(AuditChain chain) : IHostCommand
{
    public async Task<bool> Run(IReadOnlyList<string> arguments, TextWriter said, CancellationToken ct)
    {
        while (await chain.Link(ct) > 0) { }
        var wrong = await chain.Verify(ct);
        await said.WriteLineAsync(wrong ?? "The audit trail is whole: every record is as it was written.");
        return wrong is null;
    }
}
