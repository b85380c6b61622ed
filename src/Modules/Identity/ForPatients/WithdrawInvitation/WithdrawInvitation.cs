using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForPatients.WithdrawInvitation;

/// <summary>A patient takes an invitation back; its link works no more. One that was accepted meanwhile is ended as access is.</summary>
[Does(Act.Delete, "proxy", "Withdrew an invitation to act for this patient")]
sealed record WithdrawInvitationRequest(Guid Invitation);

sealed class WithdrawInvitationHandler(IdentityDb db, CurrentPatient me, TimeProvider clock) : IHandle<WithdrawInvitationRequest, Done>
{
    public async Task<Outcome<Done>> Handle(WithdrawInvitationRequest ask, CancellationToken ct)
    {
        if (!me.IsSelf) return Outcome.NotFound;
        var invitation = await db.ProxyInvitations.SingleOrDefaultAsync(i => i.Id == ask.Invitation && i.PatientId == me.Id, ct);
        if (invitation is null) return Outcome.NotFound;
        if (invitation.StateAt(clock.GetUtcNow()) is InvitationState.Accepted)
            return Outcome.Conflict("already_accepted", "This invitation was accepted already. You can end the access instead.");
        if (invitation.StateAt(clock.GetUtcNow()) is not InvitationState.Waiting) return default(Done);

        invitation.WithdrawnAt = clock.GetUtcNow();
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

sealed class WithdrawInvitationApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/proxy-invitations/{invitation:guid}/withdraw", async (Guid invitation, IHandle<WithdrawInvitationRequest, Done> withdraw, CancellationToken ct) =>
                (await withdraw.Handle(new(invitation), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("WithdrawInvitation").Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(412);
}
