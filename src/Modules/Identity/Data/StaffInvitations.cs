using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>Gives an invitation its link: a new secret each time, of which only the hash stays, and a new second factor. The caller's save writes and sends it.</summary>
sealed class StaffInvitations(IdentityDb db, TimeProvider clock)
{
    public StaffInvitation New(string name, string email, StaffRole role, CurrentStaff by)
    {
        var now = clock.GetUtcNow();
        var invitation = new StaffInvitation
        {
            Id = Ids.New(clock), Name = name, Email = email, Role = role, InvitedById = by.Id, InvitedByName = by.Name, InvitedAt = now,
            TokenHash = [], SentAt = now, ExpiresAt = now, TotpSecret = "",
        };
        db.Add(invitation);
        Send(invitation);
        return invitation;
    }

    public void Send(StaffInvitation invitation)
    {
        var (now, token) = (clock.GetUtcNow(), Secret.New());
        (invitation.TokenHash, invitation.TotpSecret) = (Secret.Hash(token), Totp.NewSecret());
        (invitation.SentAt, invitation.ExpiresAt, invitation.OpenedAt) = (now, now + StaffInvitation.Lasts, null);
        db.Announce(new StaffInvited(invitation.Id, invitation.Email, token, invitation.ExpiresAt), invitation.Id);
    }

    /// <summary>Whether whoever invited may still do so: what somebody who has left handed out opens nothing.</summary>
    public async Task<bool> Stands(StaffInvitation invitation, CancellationToken ct)
    {
        var role = await db.StaffMembers.Where(m => m.Id == invitation.InvitedById && db.Accounts.Any(a => a.Id == m.Id && a.DisabledAt == null)).Select(m => (StaffRole?)m.Role).SingleOrDefaultAsync(ct);
        return invitation.IsOpen(clock.GetUtcNow()) && role is { } has && Roles.PermissionsOf(has).Contains("staff");
    }
}
