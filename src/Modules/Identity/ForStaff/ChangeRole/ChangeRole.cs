using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ChangeRole;

/// <summary>An administrator gives a member another role; it holds from the member's next request on, and what they had is kept. Nobody changes their own.</summary>
[Does(Act.Update, "role", "Changed a staff member's role", Needs = "staff", StepUp = true)]
sealed record ChangeRoleRequest(Guid Member, string? Role);

sealed record ChangedRole(Guid Id, string Name, string Role, string Title);

sealed class ChangeRoleRules : AbstractValidator<ChangeRoleRequest>
{
    public ChangeRoleRules() => RuleFor(r => r.Role).Must(r => Roles.TryRead(r, out _)).WithMessage("Choose one of the roles.");
}

sealed class ChangeRoleHandler(IdentityDb db, Administration administration, CurrentStaff staff, TimeProvider clock) : IHandle<ChangeRoleRequest, ChangedRole>
{
    public Task<Outcome<ChangedRole>> Handle(ChangeRoleRequest ask, CancellationToken ct) => administration.OneByOne<ChangedRole>("staff", async () =>
    {
        var member = await db.StaffMembers.SingleOrDefaultAsync(m => m.Id == ask.Member, ct);
        if (member is null || !Roles.TryRead(ask.Role, out var role)) return Outcome.NotFound;
        if (member.Id == staff.Id) return Outcome.Refused("own_role", "You can't change your own role.", "Ask another administrator.");

        var changed = new ChangedRole(member.Id, member.Name, role.ToString(), Roles.TitleOf(role));
        if (member.Role == role) return changed;
        db.Add(new RoleChange { Id = Ids.New(clock), StaffId = member.Id, From = member.Role, To = role, ById = staff.Id, ByName = staff.Name, At = clock.GetUtcNow() });
        member.Role = role;
        var active = await db.Accounts.AnyAsync(a => a.Id == member.Id && a.DisabledAt == null, ct);
        db.Announce(new StaffChanged(member.Id, member.Name, Roles.TitleOf(role), active), member.Id);
        return await db.TrySave(changed, ct) is Saved.Done ? changed : Outcome.Stale();
    }, ct);
}

/// <summary>A member's role, and those they had before.</summary>
[Does(Act.Read, "role", "Looked at a staff member's roles", Needs = "staff")]
sealed record MemberRoleRequest(Guid Member);

/// <param name="Own">It is the reader's: nobody changes their own.</param>
/// <param name="History">The newest first, at most fifty.</param>
sealed record MemberRole(Guid Id, string Name, string Role, string Title, bool Own, IReadOnlyList<PastRole> History);

/// <param name="From">Null when the member joined with <paramref name="To"/>.</param>
/// <param name="At">In the clinic's zone.</param>
sealed record PastRole(DateTimeOffset At, string? From, string To, string By);

sealed class MemberRoleHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings) : IHandle<MemberRoleRequest, MemberRole>
{
    public async Task<Outcome<MemberRole>> Handle(MemberRoleRequest ask, CancellationToken ct)
    {
        var member = await db.StaffMembers.AsNoTracking().SingleOrDefaultAsync(m => m.Id == ask.Member, ct);
        if (member is null) return Outcome.NotFound;
        var zone = PatientPortal.Ui.Clinic.Of(settings).Zone;
        var past = await db.RoleChanges.AsNoTracking().Where(c => c.StaffId == member.Id).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Take(50).ToListAsync(ct);
        return new MemberRole(member.Id, member.Name, member.Role.ToString(), Roles.TitleOf(member.Role), member.Id == staff.Id,
            [.. past.Select(c => new PastRole(Zones.In(c.At, zone), c.From is { } from ? Roles.TitleOf(from) : null, Roles.TitleOf(c.To), c.ByName))]);
    }
}

sealed class ChangeRoleApi : IStaffApi
{
    internal sealed record Draft(string? Role);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/members/{member:guid}/role", async (Guid member, IHandle<MemberRoleRequest, MemberRole> see, CancellationToken ct) => (await see.Handle(new(member), ct)).ToHttp())
           .WithName("SeeMemberRole").Produces<MemberRole>().ProducesProblem(404);
        api.MapPut("/members/{member:guid}/role", async (Guid member, Draft draft, IHandle<ChangeRoleRequest, ChangedRole> change, CancellationToken ct) =>
                (await change.Handle(new(member, draft.Role), ct)).ToHttp())
           .WithName("ChangeRole").Produces<ChangedRole>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(422);
    }
}
