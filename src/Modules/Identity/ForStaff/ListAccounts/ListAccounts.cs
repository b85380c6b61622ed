using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ListAccounts;

/// <summary>Everybody who can sign in, staff first, with what an administrator needs to help or to stop them.</summary>
[Does(Act.Read, "accounts", "Looked at the list of accounts", Needs = "accounts")]
sealed record ListAccountsRequest(string? Query, int? Limit, string? Cursor);

/// <param name="Kind">"patient" or "staff".</param>
/// <param name="SeenAt">When a session of it was last used; exact to a minute.</param>
sealed record AccountLine(Guid Id, string Username, string Name, string Kind, string? Role, bool Disabled, DateTimeOffset? SeenAt, int Sessions);

sealed class ListAccountsRules : AbstractValidator<ListAccountsRequest>
{
    public ListAccountsRules() => RuleFor(r => r.Query).MaximumLength(200);
}

sealed class ListAccountsHandler(IdentityDb db, CurrentStaff staff, TimeProvider clock) : IHandle<ListAccountsRequest, Page<AccountLine>>
{
    public async Task<Outcome<Page<AccountLine>>> Handle(ListAccountsRequest ask, CancellationToken ct)
    {
        if (!staff.May("accounts")) return Outcome.NotFound;
        // The cursor is the last account shown: no user name stands in an address, and an account made meanwhile moves nothing.
        var (after, afterKind) = ("", AccountKind.Staff);
        if (ask.Cursor is { } cursor)
        {
            if (!Guid.TryParseExact(cursor, "N", out var id) || await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct) is not { } last) return Cursor.Bad;
            (after, afterKind) = (last.UserNameKey, last.Kind);
        }
        var (take, now) = (PageAsk.Of(ask.Limit).Take, clock.GetUtcNow());
        var word = LoginName.Key(ask.Query);

        var lines = await (
            from a in db.Accounts.AsNoTracking()
            where word == "" || a.UserNameKey.Contains(word)
            where (a.Kind == afterKind && string.Compare(a.UserNameKey, after) > 0) || (afterKind == AccountKind.Staff && a.Kind == AccountKind.Patient)
            join m in db.StaffMembers on a.Id equals m.Id into members
            from m in members.DefaultIfEmpty()
            orderby a.Kind descending, a.UserNameKey
            select new
            {
                a.Id, a.UserName, a.Name, a.Kind, Role = (StaffRole?)m.Role, a.DisabledAt,
                SeenAt = db.Sessions.Where(s => s.AccountId == a.Id).Max(s => (DateTimeOffset?)s.SeenAt),
                Sessions = db.Sessions.Count(s => s.AccountId == a.Id && s.EndedAt == null && s.TokenExpiresAt > now),
            }).Take(take + 1).ToListAsync(ct);
        return new Page<AccountLine>(
            [.. lines.Take(take).Select(l => new AccountLine(l.Id, l.UserName, l.Name, l.Kind is AccountKind.Staff ? "staff" : "patient",
                l.Role is { } role ? Roles.TitleOf(role) : null, l.DisabledAt is not null, l.SeenAt, l.Sessions))],
            lines.Count > take ? lines[take - 1].Id.ToString("N") : null);
    }
}

sealed class ListAccountsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/accounts", async (string? query, int? limit, string? cursor, IHandle<ListAccountsRequest, Page<AccountLine>> list, CancellationToken ct) =>
                (await list.Handle(new(query, limit, cursor), ct)).ToHttp())
           .WithName("ListAccounts").Produces<Page<AccountLine>>().ProducesProblem(403);
}

sealed class AccountsNav : IStaffNav
{
    public string Label => "Accounts";
    public string Path => "/staff/accounts";
    public int Order => 80;
    public string Needs => "accounts";
}
