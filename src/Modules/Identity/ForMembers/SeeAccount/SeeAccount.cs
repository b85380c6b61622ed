using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.SeeAccount;

/// <summary>One's own account: how one signs in, how the clinic reaches one, and who else may see one's record.</summary>
sealed record SeeAccountRequest;

/// <param name="Chart">One's own chart; null for staff, and for somebody who only cares for others.</param>
/// <param name="PendingEmail">An address that waits for its link; null when none does.</param>
/// <param name="Grants">Who may act for the patient now.</param>
/// <param name="CaringFor">For whom the account itself may act; also while that rests.</param>
sealed record MyAccount(
    string Username, string Name, string Email, string? PendingEmail, string Language, bool SecondFactor, string? Role, MyChart? Chart,
    IReadOnlyList<MyGrant> Grants, IReadOnlyList<CaredFor> CaringFor, IReadOnlyList<MySession> Sessions);

sealed record MyChart(string ChartNumber, DateOnly BirthDate, string? Phone, string? Address, string TimeZone);

/// <param name="EndsAt">Null while no end is set.</param>
sealed record MyGrant(Guid Id, string Name, string Relation, IReadOnlyList<string> Scopes, DateTimeOffset? EndsAt);

/// <param name="EndsAt">Null while no end is set.</param>
sealed record CaredFor(Guid Grant, string Name, string Relation, IReadOnlyList<string> Scopes, DateTimeOffset? EndsAt);

/// <param name="SeenAt">Exact to a minute.</param>
/// <param name="Device">What the browser calls itself ("Firefox on Windows"), when it says something known.</param>
/// <param name="Current">The one that asks.</param>
sealed record MySession(Guid Id, DateTimeOffset StartedAt, DateTimeOffset SeenAt, string? Address, string? Device, bool Current);

sealed class SeeAccountHandler(IdentityDb db, RequestScope scope, TimeProvider clock) : IHandle<SeeAccountRequest, MyAccount>
{
    public async Task<Outcome<MyAccount>> Handle(SeeAccountRequest ask, CancellationToken ct)
    {
        var (actor, now) = (scope.Actor, clock.GetUtcNow());
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == actor.AccountId, ct);
        if (account is null) return Outcome.NotFound;

        var chart = await db.Patients.AsNoTracking().SingleOrDefaultAsync(p => p.Id == account.PatientId, ct);
        var grants = chart is null ? [] : await (
            from g in db.Grants.AsNoTracking()
            join a in db.Accounts on g.AccountId equals a.Id
            where g.PatientId == chart.Id && g.RevokedAt == null && (g.EndsAt == null || g.EndsAt > now)
            orderby a.Name
            select new { g.Id, a.Name, g.Relation, g.Scopes, g.EndsAt }).ToListAsync(ct);
        var caring = await (
            from g in db.Grants.AsNoTracking()
            join p in db.Patients on g.PatientId equals p.Id
            where g.AccountId == account.Id && g.RevokedAt == null && (g.EndsAt == null || g.EndsAt > now)
            orderby p.NameKey
            select new { g.Id, p.Name, g.Relation, g.Scopes, g.EndsAt, p.TimeZone }).Take(100).ToListAsync(ct);
        var idle = Session.IdleLimit(account.Kind);
        var sessions = await db.Sessions.AsNoTracking()
            .Where(s => s.AccountId == account.Id && s.EndedAt == null && s.ExpiresAt > now && s.TokenExpiresAt > now && s.SeenAt > now - idle)
            .OrderByDescending(s => s.SeenAt).Take(20).ToListAsync(ct);

        var pending = await db.EmailChanges.AsNoTracking().Where(c => c.OpenFor == account.Id && c.ExpiresAt > now).Select(c => c.To).SingleOrDefaultAsync(ct);
        return new MyAccount(account.UserName, account.Name, account.Email, pending, account.Language, account.HasSecondFactor,
            actor.Kind is ActorKind.Staff ? actor.Role : null,
            chart is null ? null : new(chart.ChartNumber, chart.BirthDate, chart.Phone, chart.Address, chart.TimeZone),
            [.. grants.Select(g => new MyGrant(g.Id, g.Name, g.Relation, Grant.Read(g.Scopes), g.EndsAt))],
            [.. caring.Select(c => new CaredFor(c.Id, c.Name, c.Relation, Grant.Read(c.Scopes), c.EndsAt is { } end ? Zones.In(end, c.TimeZone) : null))],
            [.. sessions.Select(s => new MySession(s.Id, s.StartedAt, s.SeenAt, s.Address, s.Device, s.Id == actor.SessionId))]);
    }
}

sealed class SeeAccountApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/account", async (IHandle<SeeAccountRequest, MyAccount> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithName("SeeAccount").Produces<MyAccount>();
}
