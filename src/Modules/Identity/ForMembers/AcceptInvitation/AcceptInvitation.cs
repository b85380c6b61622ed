using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.AcceptInvitation;

/// <summary>
/// Whoever was invited accepts with the patient's birth date, and may act for them from the next request on. The third wrong date denies the invitation and
/// stands in the staff's list, also when many come at once.
/// </summary>
[Does(Act.Create, "proxy", "Accepted an invitation to act for this patient")]
sealed record AcceptInvitationRequest(string? Token, DateOnly? DateOfBirth);

/// <param name="Patient">Whose record is open now.</param>
sealed record AcceptedInvitation(Guid Grant, Guid Patient, string Name, IReadOnlyList<string> Scopes);

sealed class AcceptInvitationRules : AbstractValidator<AcceptInvitationRequest>
{
    public AcceptInvitationRules()
    {
        RuleFor(r => r.Token).NotEmpty().WithMessage("Copy the whole link from the e-mail into this field.").MaximumLength(128).WithMessage("Copy the whole link from the e-mail into this field.");
        RuleFor(r => r.DateOfBirth).NotNull().WithMessage("Enter the patient’s date of birth.");
    }
}

sealed class AcceptInvitationHandler(IdentityDb db, Invitations invitations, Grants grants, Failures failures, RequestScope scope, TimeProvider clock)
    : IHandle<AcceptInvitationRequest, AcceptedInvitation>
{
    public async Task<Outcome<AcceptedInvitation>> Handle(AcceptInvitationRequest ask, CancellationToken ct)
    {
        if (scope.Actor.Kind is not ActorKind.Patient)
            return Outcome.Forbidden("wrong_audience", "A staff account can't act for a patient in the portal. Use a private account.");
        if (failures.HoldAddress() is { } hold) return hold;
        if (await invitations.Find(ask.Token!, ct) is not { } invitation)
        {
            failures.CountAddress();
            return Invitations.Dead;
        }
        var (account, now) = (await db.Accounts.SingleAsync(a => a.Id == scope.Actor.AccountId, ct), clock.GetUtcNow());
        var patient = await db.Patients.SingleAsync(p => p.Id == invitation.PatientId, ct);
        if (account.PatientId == patient.Id) return Outcome.Refused("own_record", "This invitation is for somebody else: it is about your own record.", "Give the link to the person you invited.");
        scope.AboutPatient = patient.Id;

        // The try is taken before the date is looked at, and stays taken.
        if (await invitations.TakeTry(invitation.Id, ct) is not { } last) return Invitations.Dead;
        if (patient.BirthDate != ask.DateOfBirth)
        {
            failures.CountAddress();
            if (!last) return Outcome.Refused("wrong_birth_date", "This is not the patient’s date of birth.", "Ask the person who invited you. The third wrong date closes the invitation.");
            await invitations.Deny(invitation, ct);
            return Outcome.Refused("invitation_denied", "That was the third wrong date: the invitation is closed, and the clinic knows of it.", "Ask the person who invited you, or the clinic.");
        }

        var grant = new Grant
        {
            Id = Ids.New(clock), PatientId = patient.Id, AccountId = account.Id, Relation = invitation.Relation, Scopes = invitation.Scopes,
            Basis = invitation.Basis, DocumentId = invitation.DocumentId, GrantedBy = invitation.InvitedBy, StartsAt = now, EndsAt = invitation.EndsAt,
        };
        var accepted = new AcceptedInvitation(grant.Id, patient.Id, patient.Name, Grant.Read(grant.Scopes));
        return await db.InTransaction<Outcome<AcceptedInvitation>>(async () =>
        {
            if (await db.Grants.AnyAsync(g => g.PatientId == patient.Id && g.AccountId == account.Id && g.RevokedAt == null && (g.EndsAt == null || g.EndsAt > now), ct))
                return Outcome.Conflict("has_access", "You may act for this patient already. They can change what you see.");
            if (await db.ProxyInvitations
                .Where(i => i.Id == invitation.Id && i.AcceptedAt == null && i.DeniedAt == null && i.WithdrawnAt == null && i.ReplacedAt == null && i.ExpiresAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now).SetProperty(i => i.GrantId, grant.Id).SetProperty(i => i.Version, i => i.Version + 1), ct) == 0) return Invitations.Dead;
            await grants.Give(grant, patient, account, ct);
            // The patient hears of it, at the address of their own account.
            if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.PatientId == patient.Id && a.ClosedAt == null, ct) is { } own)
                db.Announce(new AccountSecurityChanged(own.Id, own.Name, own.Email, own.Language, "access_given"), patient.Id);
            return await db.TrySave(accepted, ct) is Saved.Done ? accepted : Outcome.Conflict("has_access", "You may act for this patient already. They can change what you see.");
        }, ct);
    }
}

sealed class AcceptInvitationApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/proxy-invitations/accept", async (AcceptInvitationRequest ask, IHandle<AcceptInvitationRequest, AcceptedInvitation> accept, CancellationToken ct) =>
                (await accept.Handle(ask, ct)).ToHttp(a => Results.Created($"/api/v1/patients/{a.Patient}", a)))
           .WithName("AcceptInvitation").Produces<AcceptedInvitation>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);
}
