using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>
/// The audit trail of what happens at the front door, where nobody has signed in yet. A name that nobody has is never written
/// down: people type passwords into the wrong field.
/// </summary>
sealed class AccountTrail(AuditTrail trail, IdentityDb db, RequestScope scope)
{
    public async Task Write(Account? account, string what, string says, string outcome, CancellationToken ct) => await trail.Write(new AuditDraft
    {
        ActorKind = account is null ? ActorKind.Nobody : account.Kind is AccountKind.Staff ? ActorKind.Staff : ActorKind.Patient,
        ActorId = account?.Id ?? Guid.Empty, ActorName = account?.Name ?? "Somebody", ActorRole = await RoleOf(account, ct),
        Relation = account?.PatientId is null ? null : "self", PatientId = account?.PatientId,
        Act = Act.Execute, What = what, Says = says, Outcome = outcome, TraceId = scope.TraceId, Address = scope.Address,
    }, ct);

    async Task<string> RoleOf(Account? account, CancellationToken ct)
    {
        if (account?.Kind is not AccountKind.Staff) return account is null ? "Nobody" : "Patient";
        return await db.StaffMembers.Where(m => m.Id == account.Id).Select(m => (StaffRole?)m.Role).SingleOrDefaultAsync(ct) is { } role ? Roles.TitleOf(role) : "Staff";
    }
}
