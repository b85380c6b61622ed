using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.RefreshSession;

/// <summary>A program trades its refresh token for the next pair; a token that comes back a second time was stolen from somebody, and ends the session for both.</summary>
sealed record RefreshSessionRequest(string? RefreshToken);

sealed class RefreshSessionRules : AbstractValidator<RefreshSessionRequest>
{
    public RefreshSessionRules() => RuleFor(r => r.RefreshToken).NotEmpty().MaximumLength(128);
}

sealed class RefreshSessionHandler(IdentityDb db, Sessions sessions, AccountTrail trail, TimeProvider clock) : IHandle<RefreshSessionRequest, Tokens>
{
    static readonly Refusal Over = Outcome.Unauthorized("invalid_token", "This session is over. Please sign in again.");

    public async Task<Outcome<Tokens>> Handle(RefreshSessionRequest ask, CancellationToken ct)
    {
        var (hash, now) = (Secret.Hash(ask.RefreshToken!), clock.GetUtcNow());
        var found = await (
            from token in db.RefreshTokens.AsNoTracking()
            where token.TokenHash == hash
            join session in db.Sessions on token.SessionId equals session.Id
            join account in db.Accounts on session.AccountId equals account.Id
            select new { token.Id, Session = session, Account = account }).SingleOrDefaultAsync(ct);
        if (found is null || found.Session.EndedAt is not null || found.Session.ExpiresAt <= now || found.Account.DisabledAt is not null) return Over;

        var reused = false;
        var outcome = await db.InTransaction<Outcome<Tokens>>(async () =>
        {
            reused = await db.RefreshTokens.Where(t => t.Id == found.Id && t.UsedAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.UsedAt, now), ct) == 0;
            if (reused) return Over;
            var tokens = await sessions.Renew(found.Session.Id, found.Account.Kind, found.Session.ExpiresAt, ct);
            await db.Save(ct);
            return tokens;
        }, ct);
        if (!reused) return outcome;

        await db.InTransaction(() => sessions.End(found.Session.Id, "token_reused", ct), ct);
        await trail.Write(found.Account, "session", "A used sign-in token came back: the session was ended", "token_reused", ct);
        return Over;
    }
}

sealed class RefreshSessionApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/token/refresh", async (RefreshSessionRequest ask, IHandle<RefreshSessionRequest, Tokens> refresh, CancellationToken ct) =>
                (await refresh.Handle(ask, ct)).ToHttp())
           .WithName("RefreshSession").Produces<Tokens>().ProducesProblem(400).ProducesProblem(401);
}
