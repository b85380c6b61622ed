using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Requests;

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

/// <summary>Reads the whole audit trail again and says what is wrong first, by number. That it was looked at stands in it, too.</summary>
[HostCommand("audit verify")]
sealed class AuditCommand(AuditChain chain, AuditTrail trail, RequestScope scope) : IHostCommand
{
    public async Task<bool> Run(IReadOnlyList<string> arguments, TextWriter said, CancellationToken ct)
    {
        while (await chain.Link(ct) > 0) { }
        var wrong = await chain.Verify(ct);
        await trail.Write(new AuditDraft
        {
            ActorKind = scope.Actor.Kind, ActorId = scope.Actor.AccountId, ActorName = scope.Actor.Name, ActorRole = scope.Actor.Role,
            Act = Act.Execute, What = "audit", Says = "Verified the audit trail", Outcome = wrong is null ? "ok" : "broken", TraceId = scope.TraceId,
        }, ct);
        await said.WriteLineAsync(wrong ?? "The audit trail is whole: every record is as it was written.");
        return wrong is null;
    }
}
