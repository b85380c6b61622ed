using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.SeeRoles;

/// <summary>What each role may do, as the portal decides it at every request.</summary>
[Does(Act.Read, "roles", "Looked at what roles may do", Trail = false, Because = "The table of roles is the portal's own, about no patient.")]
sealed record SeeRolesRequest;

/// <param name="Permission">The word that requests ask for.</param>
sealed record PermissionLine(string Permission, string Says);

/// <param name="Role">"FrontDesk"; the word for <c>PUT /staff/members/{id}/role</c>.</param>
/// <param name="Members">How many have it whose account is not disabled.</param>
sealed record RoleLine(string Role, string Title, IReadOnlyList<string> Permissions, int Members);

sealed record RoleTable(IReadOnlyList<PermissionLine> Permissions, IReadOnlyList<RoleLine> Roles);

sealed class SeeRolesHandler(IdentityDb db, CurrentStaff staff) : IHandle<SeeRolesRequest, RoleTable>
{
    public async Task<Outcome<RoleTable>> Handle(SeeRolesRequest ask, CancellationToken ct)
    {
        _ = staff;
        var members = await db.StaffMembers.AsNoTracking().Where(m => db.Accounts.Any(a => a.Id == m.Id && a.DisabledAt == null))
            .GroupBy(m => m.Role).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return new RoleTable(
            [.. Roles.Permissions.Select(p => new PermissionLine(p.Permission, p.Says))],
            [.. Roles.All.Select(r => new RoleLine(r.ToString(), Roles.TitleOf(r),
                [.. Roles.Permissions.Select(p => p.Permission).Where(Roles.PermissionsOf(r).Contains)], members.GetValueOrDefault(r)))]);
    }
}

sealed class SeeRolesApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/roles", async (IHandle<SeeRolesRequest, RoleTable> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithName("SeeRoles").Produces<RoleTable>();
}
