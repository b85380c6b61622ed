using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.FollowInvitations;

/// <summary>Who was invited to the staff and how that stands, the newest first.</summary>
[Does(Act.Read, "invitation", "Looked at who was invited to the staff", Needs = "staff")]
sealed record FollowInvitationsRequest(PageAsk Page);

/// <param name="Status">"sent", "opened", "used", "expired" or "revoked".</param>
sealed record InvitationLine(Guid Id, string Name, string Email, string Role, string Status, string InvitedBy, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, bool CanResend);

sealed class FollowInvitationsHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings, TimeProvider clock) : IHandle<FollowInvitationsRequest, Page<InvitationLine>>
{
    public async Task<Outcome<Page<InvitationLine>>> Handle(FollowInvitationsRequest ask, CancellationToken ct)
    {
        _ = staff;
        var (now, zone) = (clock.GetUtcNow(), PatientPortal.Ui.Clinic.Of(settings).Zone);
        var all = db.StaffInvitations.AsNoTracking();
        if (ask.Page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            all = all.Where(i => i.InvitedAt < at || (i.InvitedAt == at && i.Id < id));
        }
        var rows = await all.OrderByDescending(i => i.InvitedAt).ThenByDescending(i => i.Id).Take(ask.Page.Take + 1).ToListAsync(ct);
        var shown = rows.Take(ask.Page.Take).ToList();
        return new Page<InvitationLine>(
            [.. shown.Select(i => new InvitationLine(i.Id, i.Name, i.Email, Roles.TitleOf(i.Role), StatusOf(i, now), i.InvitedByName, Zones.In(i.SentAt, zone), Zones.In(i.ExpiresAt, zone), i.UsedAt is null && i.RevokedAt is null))],
            rows.Count > shown.Count ? Cursor.Write(shown[^1].InvitedAt, shown[^1].Id) : null);
    }

    static string StatusOf(StaffInvitation i, DateTimeOffset now) =>
        i.UsedAt is not null ? "used" : i.RevokedAt is not null ? "revoked" : i.ExpiresAt <= now ? "expired" : i.OpenedAt is not null ? "opened" : "sent";
}

/// <summary>The link is sent again as a new one: the one before stops working, and the seven days begin anew.</summary>
[Does(Act.Update, "invitation", "Sent an invitation to the staff again", Needs = "staff")]
sealed record ResendInvitationRequest(Guid Invitation);

/// <summary>The link stops working; whoever has joined through it stays.</summary>
[Does(Act.Delete, "invitation", "Took back an invitation to the staff", Needs = "staff")]
sealed record RevokeInvitationRequest(Guid Invitation);

sealed class ResendInvitationHandler(IdentityDb db, Administration administration, StaffInvitations invitations, CurrentStaff staff) : IHandle<ResendInvitationRequest, Done>
{
    public Task<Outcome<Done>> Handle(ResendInvitationRequest ask, CancellationToken ct) => administration.OneByOne<Done>("staff", async () =>
    {
        if (await db.StaffInvitations.SingleOrDefaultAsync(i => i.Id == ask.Invitation, ct) is not { } invitation) return Outcome.NotFound;
        if (invitation.UsedAt is not null || invitation.RevokedAt is not null)
            return Outcome.Conflict("invitation_over", invitation.UsedAt is not null ? "They have joined already." : "This invitation was taken back. Invite them anew.");
        _ = staff;
        invitations.Send(invitation);
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }, ct);
}

sealed class RevokeInvitationHandler(IdentityDb db, CurrentStaff staff, TimeProvider clock) : IHandle<RevokeInvitationRequest, Done>
{
    public async Task<Outcome<Done>> Handle(RevokeInvitationRequest ask, CancellationToken ct)
    {
        _ = staff;
        if (await db.StaffInvitations.SingleOrDefaultAsync(i => i.Id == ask.Invitation, ct) is not { } invitation) return Outcome.NotFound;
        if (invitation.UsedAt is not null) return Outcome.Conflict("invitation_over", "They have joined already. Disable the account instead.");
        if (invitation.RevokedAt is not null) return default(Done);
        invitation.RevokedAt = clock.GetUtcNow();
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

sealed class FollowInvitationsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/invitations", async ([AsParameters] PageAsk page, IHandle<FollowInvitationsRequest, Page<InvitationLine>> list, CancellationToken ct) => (await list.Handle(new(page), ct)).ToHttp())
           .WithName("FollowInvitations").Produces<Page<InvitationLine>>().ProducesProblem(400).ProducesProblem(403);
        api.MapPost("/invitations/{invitation:guid}/resend", async (Guid invitation, IHandle<ResendInvitationRequest, Done> resend, CancellationToken ct) =>
                (await resend.Handle(new(invitation), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("ResendInvitation").Produces(204).ProducesProblem(404).ProducesProblem(409);
        api.MapPost("/invitations/{invitation:guid}/revoke", async (Guid invitation, IHandle<RevokeInvitationRequest, Done> revoke, CancellationToken ct) =>
                (await revoke.Handle(new(invitation), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("RevokeInvitation").Produces(204).ProducesProblem(404).ProducesProblem(409);
    }
}
