using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Identity.ForEveryone.JoinStaff;

/// <summary>
/// Somebody who was invited joins the staff: user name, password, and the first code of their authenticator app, all at once, so that there is never a staff
/// account without a second factor. Used, replaced, taken back and expired links end in the same words.
/// </summary>
/// <param name="Code">The six digits that the app shows for the invitation's secret.</param>
sealed record JoinStaffRequest(string? Token, string? Username, string? Password, string? Code);

/// <param name="RecoveryCodes">Shown this once.</param>
sealed record JoinedStaff(Guid UserId, string Username, IReadOnlyList<string> RecoveryCodes);

sealed class JoinStaffRules : AbstractValidator<JoinStaffRequest>
{
    public JoinStaffRules(IConfiguration settings)
    {
        RuleFor(r => r.Token).NotEmpty().MaximumLength(128);
        RuleFor(r => r.Username).Must(LoginName.IsWellFormed).WithMessage(LoginName.Rule);
        RuleFor(r => r.Code).NotEmpty().WithMessage("Enter the 6-digit code that the app shows.").MaximumLength(64);
        RuleFor(r => r).Custom((r, context) =>
        {
            if (PasswordRules.ProblemWith(r.Password, hasSecondFactor: true, r.Username, Clinic.Of(settings).Name) is { } problem) context.AddFailure(nameof(r.Password), problem);
        });
    }
}

sealed class JoinStaffHandler(IdentityDb db, StaffInvitations invitations, Passwords passwords, SecondFactors factors, Failures failures, AccountTrail trail, TimeProvider clock)
    : IHandle<JoinStaffRequest, JoinedStaff>
{
    public async Task<Outcome<JoinedStaff>> Handle(JoinStaffRequest ask, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        // The slow hash comes first and always: how long the answer takes says nothing about the link.
        if ((await passwords.Hash(ask.Password!, ct)).Refused(out var full, out var password)) return full;

        var (hash, now) = (Secret.Hash(ask.Token!), clock.GetUtcNow());
        Account? joined = null;
        var outcome = await db.InTransaction<Outcome<JoinedStaff>>(async () =>
        {
            var invitation = await db.StaffInvitations.SingleOrDefaultAsync(i => i.TokenHash == hash, ct);
            if (invitation is null || !await invitations.Stands(invitation, ct)) return InvitationAnswers.Dead;
            if (PasswordRules.ProblemWith(ask.Password, hasSecondFactor: true, invitation.Name, invitation.Email.Split('@')[0]) is { } personal) return Outcome.Invalid("password", personal);
            if (Totp.Accept(invitation.TotpSecret, ask.Code, now, 0) is not { } step) return InvitationAnswers.WrongCode;
            var key = LoginName.Key(ask.Username);
            // Only the holder of a working link learns that a name is taken; the link still works after it.
            if (await db.Accounts.AnyAsync(a => a.UserNameKey == key, ct)) return InvitationAnswers.NameTaken;

            invitation.UsedAt = now;
            joined = new Account
            {
                Id = Ids.New(clock), Kind = AccountKind.Staff, UserName = ask.Username!.Trim(), UserNameKey = key, Name = invitation.Name, Email = invitation.Email,
                PasswordHash = password, TotpSecret = invitation.TotpSecret, TotpStep = step, CreatedAt = now,
            };
            db.Add(joined);
            db.Add(new StaffMember { Id = joined.Id, Name = joined.Name, Role = invitation.Role });
            db.Add(new RoleChange { Id = Ids.New(clock), StaffId = joined.Id, To = invitation.Role, ById = invitation.InvitedById, ByName = invitation.InvitedByName, At = now });
            var codes = await factors.NewCodes(joined.Id, ct);
            db.Announce(new StaffChanged(joined.Id, joined.Name, Roles.TitleOf(invitation.Role), true), joined.Id);
            db.Announce(new AccountSecurityChanged(joined.Id, joined.Name, joined.Email, joined.Language, "account_activated"), joined.Id);
            // A repeated request is not answered with the codes again: they are kept nowhere.
            return await db.TrySave(null, ct) switch
            {
                Saved.Done => new JoinedStaff(joined.Id, joined.UserName, codes),
                Saved.Taken => InvitationAnswers.NameTaken,
                _ => InvitationAnswers.Dead,
            };
        }, ct);
        if (outcome.Refusal is { Code: "invitation_refused" } || ReferenceEquals(outcome.Refusal, InvitationAnswers.WrongCode))
        {
            failures.CountAddress();
            await trail.Write(null, "invitation", "Tried to join the staff", outcome.Refusal!.Code, ct);
        }
        if (outcome.IsOk) await trail.Write(joined, "account", "Joined the staff by an invitation", "ok", ct);
        return outcome;
    }
}

/// <summary>Somebody opens the link: who invited them to what, and the secret for their authenticator app.</summary>
sealed record OpenInvitationRequest(string? Token);

/// <param name="Secret">Base32, for an app that can't scan.</param>
/// <param name="Address">What the QR code holds.</param>
sealed record OpenInvitation(string Name, string Role, string InvitedBy, string Secret, string Address);

sealed class OpenInvitationHandler(IdentityDb db, StaffInvitations invitations, Failures failures, IConfiguration settings, TimeProvider clock) : IHandle<OpenInvitationRequest, OpenInvitation>
{
    public async Task<Outcome<OpenInvitation>> Handle(OpenInvitationRequest ask, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        var (hash, now) = (Secret.Hash(ask.Token ?? ""), clock.GetUtcNow());
        var invitation = await db.StaffInvitations.AsNoTracking().SingleOrDefaultAsync(i => i.TokenHash == hash, ct);
        if (invitation is null || !await invitations.Stands(invitation, ct))
        {
            failures.CountAddress();
            return InvitationAnswers.Dead;
        }
        if (invitation.OpenedAt is null)
            await db.InTransaction(() => db.StaffInvitations.Where(i => i.Id == invitation.Id && i.TokenHash == hash && i.OpenedAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.OpenedAt, now), ct), ct);
        var (clinic, name) = (Uri.EscapeDataString(Clinic.Of(settings).Name), Uri.EscapeDataString(invitation.Name));
        return new OpenInvitation(invitation.Name, Roles.TitleOf(invitation.Role), invitation.InvitedByName, invitation.TotpSecret,
            $"otpauth://totp/{clinic}:{name}?secret={invitation.TotpSecret}&issuer={clinic}");
    }
}

/// <summary>What is said to whoever comes with a link, the same whatever is wrong with it.</summary>
static class InvitationAnswers
{
    public static readonly Refusal Dead = Outcome.Refused("invitation_refused", "This invitation has been used, replaced, taken back or is older than 7 days.", "Ask whoever invited you for a new one.");
    public static readonly Refusal WrongCode = Outcome.Invalid("code", "That code did not match. Wait for the next one and enter it.");
    public static readonly Refusal NameTaken = Outcome.Invalid("username", "Somebody has this user name already. Please choose another.");
}

sealed class JoinStaffApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/join/open", async (OpenInvitationRequest ask, IHandle<OpenInvitationRequest, OpenInvitation> open, CancellationToken ct) => (await open.Handle(ask, ct)).ToHttp())
           .WithName("OpenInvitation").Produces<OpenInvitation>().ProducesProblem(422).ProducesProblem(429);
        api.MapPost("/join", async (JoinStaffRequest ask, IHandle<JoinStaffRequest, JoinedStaff> join, CancellationToken ct) => (await join.Handle(ask, ct)).ToHttp(j => Results.Json(j, statusCode: StatusCodes.Status201Created)))
           .WithName("JoinStaff").Produces<JoinedStaff>(201).ProducesProblem(400).ProducesProblem(422).ProducesProblem(429);
    }
}
