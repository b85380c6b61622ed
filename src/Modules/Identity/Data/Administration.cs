namespace PatientPortal.Identity.Data;

/// <summary>
/// Changes of what others may do, one after another: whoever makes one must still have the right to it when their turn comes. Two administrators who
/// disable each other, or take each other's role, at the same moment can't both succeed, so there is always one left (nobody changes themselves).
/// </summary>
sealed class Administration(IdentityDb db, CurrentStaff staff)
{
    static readonly Guid Turn = Ids.Of("identity: what staff may do");
    static readonly Refusal NoLonger = Outcome.Forbidden("missing_permission", "Somebody has just changed what you may do, and this is no longer part of it.");

    /// <summary>Makes the change; it reads, and saves last and once.</summary>
    public Task<Outcome<T>> OneByOne<T>(string permission, Func<Task<Outcome<T>>> change, CancellationToken ct) => db.OneByOne<Outcome<T>>(Turn, async () =>
    {
        var role = await db.StaffMembers.AsNoTracking().Where(m => m.Id == staff.Id && db.Accounts.Any(a => a.Id == m.Id && a.DisabledAt == null))
            .Select(m => (Domain.StaffRole?)m.Role).SingleOrDefaultAsync(ct);
        return role is { } has && Domain.Roles.PermissionsOf(has).Contains(permission) ? await change() : NoLonger;
    }, ct);
}
