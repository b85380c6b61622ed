using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.InviteStaff;

/// <summary>An administrator invites somebody to the staff: a link that works once and for seven days goes to their e-mail address. It holds no patient's data.</summary>
/// <param name="Role">"Physician", "Nurse", "FrontDesk", "Pharmacist", "Records", "PrivacyOfficer" or "Administrator".</param>
[Does(Act.Create, "invitation", "Invited somebody to the staff", Needs = "staff", StepUp = true)]
sealed record InviteStaffRequest(string? Name, string? Email, string? Role);

sealed record InvitedStaff(Guid Id, string Name, string Role, DateTimeOffset ExpiresAt);

sealed class InviteStaffRules : AbstractValidator<InviteStaffRequest>
{
    public InviteStaffRules()
    {
        RuleFor(r => r.Name).NotEmpty().WithMessage("Enter the name as patients will read it.").MaximumLength(120);
        RuleFor(r => r.Email).Must(e => MailAddress.IsWellFormed(e) && e!.Length <= 254).WithMessage("An e-mail address looks like name@example.org.");
        RuleFor(r => r.Role).Must(r => Roles.TryRead(r, out _)).WithMessage("Choose one of the roles.");
    }
}

sealed class InviteStaffHandler(IdentityDb db, Administration administration, StaffInvitations invitations, CurrentStaff staff) : IHandle<InviteStaffRequest, InvitedStaff>
{
    public Task<Outcome<InvitedStaff>> Handle(InviteStaffRequest ask, CancellationToken ct) => administration.OneByOne<InvitedStaff>("staff", async () =>
    {
        Roles.TryRead(ask.Role, out var role);
        var invitation = invitations.New(ask.Name!.Trim(), ask.Email!.Trim(), role, staff);
        var invited = new InvitedStaff(invitation.Id, invitation.Name, role.ToString(), invitation.ExpiresAt);
        return await db.TrySave(invited, ct) is Saved.Done ? invited : Outcome.Stale();
    }, ct);
}

sealed class InviteStaffApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/invitations", async (InviteStaffRequest ask, IHandle<InviteStaffRequest, InvitedStaff> invite, CancellationToken ct) =>
                (await invite.Handle(ask, ct)).ToHttp(i => Results.Json(i, statusCode: StatusCodes.Status201Created)))
           .WithName("InviteStaff").Produces<InvitedStaff>(201).ProducesProblem(400).ProducesProblem(403);
}
