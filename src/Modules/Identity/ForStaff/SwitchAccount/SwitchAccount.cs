using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.SwitchAccount;

/// <summary>An administrator disables an account, which ends its sessions at once, or enables it again; nobody can shut themselves out.</summary>
[Does(Act.Update, "account", "Disabled or enabled the account", Needs = "accounts")]
sealed record SwitchAccountRequest(Guid Account, bool Disabled);

/// <param name="Kind">"patient" or "staff".</param>
sealed record SwitchedAccount(Guid Id, string Username, string Name, string Kind, bool Disabled);

sealed class SwitchAccountHandler(IdentityDb db, Administration administration, Sessions sessions, CurrentStaff staff, TimeProvider clock) : IHandle<SwitchAccountRequest, SwitchedAccount>
{
    public async Task<Outcome<SwitchedAccount>> Handle(SwitchAccountRequest ask, CancellationToken ct)
    {
        var outcome = await administration.OneByOne("accounts", () => Switch(ask, ct), ct);
        // After the change: a sign-in that came first has its session by now, and one that comes later finds the account disabled.
        if (outcome.IsOk && ask.Disabled) await db.InTransaction(() => sessions.EndAll(ask.Account, "account_disabled", ct), ct);
        return outcome;
    }

    async Task<Outcome<SwitchedAccount>> Switch(SwitchAccountRequest ask, CancellationToken ct)
    {
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == ask.Account, ct);
        if (account is null) return Outcome.NotFound;
        if (ask.Disabled && account.Id == staff.Id)
            return Outcome.Refused("own_account", "You can't disable your own account.", "Ask another administrator.");

        if (!ask.Disabled && account.ClosedAt is not null)
            return Outcome.Refused("account_closed", "Its owner has closed this account.", "If they want it back, issue an activation code from their chart.");

        var switched = new SwitchedAccount(account.Id, account.UserName, account.Name, account.Kind is AccountKind.Staff ? "staff" : "patient", ask.Disabled);
        if (account.DisabledAt is not null == ask.Disabled) return switched;
        var now = clock.GetUtcNow();
        account.DisabledAt = ask.Disabled ? now : null;
        // What a crash left open must not come to life again.
        if (!ask.Disabled)
            foreach (var left in await db.Sessions.Where(s => s.AccountId == account.Id && s.EndedAt == null).ToListAsync(ct)) (left.EndedAt, left.EndedBecause) = (now, "account_disabled");
        if (account.Kind is AccountKind.Staff)
        {
            var member = await db.StaffMembers.SingleAsync(m => m.Id == account.Id, ct);
            db.Announce(new StaffChanged(account.Id, member.Name, Roles.TitleOf(member.Role), !ask.Disabled), account.Id);
        }
        return await db.TrySave(switched, ct) is Saved.Done ? switched : Outcome.Stale();
    }
}

/// <summary>The account that is about to be switched, so that the right one is.</summary>
[Does(Act.Read, "account", "Looked at an account", Needs = "accounts")]
sealed record AccountToSwitchRequest(Guid Account);

/// <param name="Own">It is the reader's: nobody shuts themselves out.</param>
sealed record AccountToSwitch(Guid Id, string Username, string Name, string Kind, bool Disabled, bool Own);

sealed class AccountToSwitchHandler(IdentityDb db, CurrentStaff staff) : IHandle<AccountToSwitchRequest, AccountToSwitch>
{
    public async Task<Outcome<AccountToSwitch>> Handle(AccountToSwitchRequest ask, CancellationToken ct) =>
        await db.Accounts.AsNoTracking().Where(a => a.Id == ask.Account)
            .Select(a => new AccountToSwitch(a.Id, a.UserName, a.Name, a.Kind == AccountKind.Staff ? "staff" : "patient", a.DisabledAt != null, a.Id == staff.Id))
            .SingleOrDefaultAsync(ct) is { } account ? account : Outcome.NotFound;
}

sealed class SwitchAccountApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/accounts/{account:guid}", async (Guid account, IHandle<AccountToSwitchRequest, AccountToSwitch> see, CancellationToken ct) => (await see.Handle(new(account), ct)).ToHttp())
           .WithName("SeeAccountToSwitch").Produces<AccountToSwitch>().ProducesProblem(404);
        api.MapPost("/accounts/{account:guid}/disable", async (Guid account, IHandle<SwitchAccountRequest, SwitchedAccount> turn, CancellationToken ct) =>
                (await turn.Handle(new(account, true), ct)).ToHttp())
           .WithName("DisableAccount").Produces<SwitchedAccount>().ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/accounts/{account:guid}/enable", async (Guid account, IHandle<SwitchAccountRequest, SwitchedAccount> turn, CancellationToken ct) =>
                (await turn.Handle(new(account, false), ct)).ToHttp())
           .WithName("EnableAccount").Produces<SwitchedAccount>().ProducesProblem(404);
    }
}
