using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Identity.ForEveryone.JoinAsProxy;

/// <summary>
/// Somebody who was invited makes an account of their own, without a chart, at the address where the link arrived; one for each invitation. What they may
/// open is decided afterwards, when they accept.
/// </summary>
sealed record JoinAsProxyRequest(string? Token, string? Name, string? Username, string? Password);

sealed record JoinedProxy(Guid UserId, string Username);

sealed class JoinAsProxyRules : AbstractValidator<JoinAsProxyRequest>
{
    public JoinAsProxyRules(IConfiguration settings)
    {
        RuleFor(r => r.Token).NotEmpty().MaximumLength(128);
        RuleFor(r => r.Name).NotEmpty().WithMessage("Enter your name.").MaximumLength(200).WithMessage("Use at most 200 characters.");
        RuleFor(r => r.Username).Must(LoginName.IsWellFormed).WithMessage(LoginName.Rule);
        RuleFor(r => r).Custom((r, context) =>
        {
            if (PasswordRules.ProblemWith(r.Password, hasSecondFactor: false, r.Username, r.Name, Clinic.Of(settings).Name) is { } problem)
                context.AddFailure(nameof(r.Password), problem);
        });
    }
}

sealed class JoinAsProxyHandler(IdentityDb db, Passwords passwords, Failures failures, Invitations invitations, AccountTrail trail, TimeProvider clock) : IHandle<JoinAsProxyRequest, JoinedProxy>
{
    public async Task<Outcome<JoinedProxy>> Handle(JoinAsProxyRequest ask, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        // The slow hash comes first and always: how long the answer takes says nothing about the link.
        if ((await passwords.Hash(ask.Password!, ct)).Refused(out var full, out var password)) return full;
        if (await invitations.Find(ask.Token!, ct) is not { JoinedAs: null } invitation)
        {
            failures.CountAddress();
            return Invitations.Dead;
        }

        var now = clock.GetUtcNow();
        var account = new Account
        {
            Id = Ids.New(clock), Kind = AccountKind.Patient, UserName = ask.Username!.Trim(), UserNameKey = LoginName.Key(ask.Username), Name = ask.Name!.Trim(),
            Email = invitation.Email, PasswordHash = password, Language = invitation.Language, CreatedAt = now,
        };
        var outcome = await db.InTransaction<Outcome<JoinedProxy>>(async () =>
        {
            if (await db.Accounts.AnyAsync(a => a.UserNameKey == account.UserNameKey, ct)) return NameTaken;
            if (await db.ProxyInvitations.Where(i => i.Id == invitation.Id && i.JoinedAs == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.JoinedAs, account.Id).SetProperty(i => i.Version, i => i.Version + 1), ct) == 0) return Invitations.Dead;
            db.Add(account);
            db.Announce(new AccountSecurityChanged(account.Id, account.Name, account.Email, account.Language, "account_activated"), account.Id);
            var joined = new JoinedProxy(account.Id, account.UserName);
            return await db.TrySave(joined, ct) is Saved.Done ? joined : NameTaken;
        }, ct);
        if (outcome.IsOk) await trail.Write(account, "account", "Made an account to act for somebody", "ok", ct);
        return outcome;
    }

    static Refusal NameTaken => Outcome.Invalid("username", "Somebody has this user name already. Please choose another.");
}

sealed class JoinAsProxyApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/proxy-invitations/join", async (JoinAsProxyRequest ask, IHandle<JoinAsProxyRequest, JoinedProxy> join, CancellationToken ct) =>
                (await join.Handle(ask, ct)).ToHttp(j => Results.Created("/api/v1/me", j)))
           .WithName("JoinAsProxy").Produces<JoinedProxy>(201).ProducesProblem(400).ProducesProblem(422).ProducesProblem(429);
}
