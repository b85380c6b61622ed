using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForPatients.InviteProxy;

/// <summary>
/// A patient asks somebody to act for them: a mail with a link goes out that works once, for seven days, together with the patient's birth date. Who is
/// invited again gets a new link; the one before stops working.
/// </summary>
/// <param name="EndsOn">The last day of the access, on the patient's calendar; null while no end is set.</param>
[Does(Act.Create, "proxy", "Invited somebody to act for this patient", StepUp = true)]
sealed record InviteProxyRequest(string? Name, string? Email, string? Relation, IReadOnlyList<string>? Scopes, DateOnly? EndsOn);

sealed record SentInvitation(Guid Id, string Name, string Email, DateTimeOffset ExpiresAt);

sealed class InviteProxyRules : AbstractValidator<InviteProxyRequest>
{
    public InviteProxyRules()
    {
        RuleFor(r => r.Name).NotEmpty().WithMessage("Enter the person’s name.").MaximumLength(200).WithMessage("Use at most 200 characters.");
        RuleFor(r => r.Email).NotEmpty().WithMessage("Enter the person’s e-mail address.").MaximumLength(254).WithMessage("That is longer than an e-mail address can be.");
        RuleFor(r => r.Email).Must(MailAddress.IsWellFormed).WithMessage("An e-mail address looks like name@example.org.").When(r => !string.IsNullOrEmpty(r.Email));
        RuleFor(r => r.Relation).Must(r => ProxyPolicy.Relations.Contains(r)).WithMessage("Choose who the person is to you.");
        RuleFor(r => r.Scopes).Must(s => ProxyPolicy.Written(s) is not null).WithMessage("Choose what the person may see and do.");
    }
}

sealed class InviteProxyHandler(IdentityDb db, CurrentPatient me, RequestScope scope, Texts T, TimeProvider clock) : IHandle<InviteProxyRequest, SentInvitation>
{
    public async Task<Outcome<SentInvitation>> Handle(InviteProxyRequest ask, CancellationToken ct)
    {
        if (!me.IsSelf) return Outcome.Forbidden("not_the_patient", "Only the patient can invite somebody. The clinic can help with anything else.");
        if (me.IsDeceased) return Outcome.Refused("patient_deceased", "This patient has died.", "Ask the clinic: they give access to whoever represents the patient.");
        var now = clock.GetUtcNow();
        if (ask.EndsOn <= Zones.Date(now, me.TimeZone)) return Outcome.Invalid("endsOn", "Choose a day after today, or leave it empty.");

        var (token, email) = (Secret.New(), ask.Email!.Trim());
        var invitation = new ProxyInvitation
        {
            Id = Ids.New(clock), PatientId = me.Id, Name = ask.Name!.Trim(), Email = email, Relation = ask.Relation!, Scopes = ProxyPolicy.Written(ask.Scopes)!,
            Language = T.Language, EndsAt = ask.EndsOn is { } last ? Zones.EndOfDay(last, me.TimeZone) : null, TokenHash = Secret.Hash(token),
            InvitedAt = now, InvitedBy = scope.Actor.AccountId, ExpiresAt = now + ProxyInvitation.Lasts,
        };
        var sent = new SentInvitation(invitation.Id, invitation.Name, email, Zones.In(invitation.ExpiresAt, me.TimeZone));
        // One by one: of two clicks at once, one link works.
        return await db.OneByOne<Outcome<SentInvitation>>(me.Id, async () =>
        {
            var yesterday = now.AddDays(-1);
            var recent = await db.ProxyInvitations.Where(i => i.PatientId == me.Id && (i.InvitedAt > yesterday || i.ExpiresAt > now)).ToListAsync(ct);
            var open = recent.Where(i => i.StateAt(now) is InvitationState.Waiting).ToList();
            var before = open.Where(i => i.Email.Equals(email, StringComparison.OrdinalIgnoreCase)).ToList();
            if (open.Count - before.Count >= ProxyInvitation.MostOpen || recent.Count(i => i.InvitedAt > yesterday) >= ProxyInvitation.MostADay)
                return Outcome.Refused("too_many_invitations", "There are many invitations already.", "Withdraw one that you do not need, or try again tomorrow.");
            foreach (var earlier in before) earlier.ReplacedAt = now;
            db.Add(invitation);
            db.Announce(new ProxyInvited(invitation.Id, email, invitation.Language, token, invitation.ExpiresAt), me.Id);
            return await db.TrySave(sent, ct) is Saved.Done ? sent : Outcome.Stale();
        }, ct);
    }
}

sealed class InviteProxyApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/proxy-invitations", async (InviteProxyRequest ask, IHandle<InviteProxyRequest, SentInvitation> invite, CancellationToken ct) =>
                (await invite.Handle(ask, ct)).ToHttp(i => Results.Json(i, statusCode: StatusCodes.Status201Created)))
           .WithName("InviteProxy").Produces<SentInvitation>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(422);
}
