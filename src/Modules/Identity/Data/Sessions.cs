using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>What a sign-in hands out; the portal itself keeps hashes only.</summary>
/// <param name="ExpiresIn">Seconds until the access token has to be refreshed.</param>
sealed record Tokens(string AccessToken, string RefreshToken, int ExpiresIn, [property: JsonIgnore] AccountKind Kind);

/// <summary>Starts and ends sessions. Nothing is written here: the caller's save does.</summary>
sealed class Sessions(IdentityDb db, Devices devices, RequestScope scope, TimeProvider clock)
{
    /// <param name="proven">Whether all was asked for that the account has; not so on a remembered device.</param>
    public Tokens Start(Account account, Door door, bool proven = true)
    {
        var now = clock.GetUtcNow();
        var (access, id) = (Secret.New(), Ids.New(clock));
        var expires = now + IdentityLimits.Session;
        var tokenExpires = door is Door.Page ? expires : now + Session.IdleLimit(account.Kind);
        db.Add(new Session
        {
            Id = id, AccountId = account.Id, Door = door, TokenHash = Secret.Hash(access), TokenExpiresAt = tokenExpires,
            StartedAt = now, SeenAt = now, ProvenAt = proven ? now : null, ExpiresAt = expires, Address = scope.Address, Device = devices.Name,
        });
        return new(access, door is Door.Api ? NextRefresh(id, now) : "", (int)(tokenExpires - now).TotalSeconds, account.Kind);
    }

    /// <summary>The next pair of tokens of a session that is refreshed. The session row changes at once, inside the caller's transaction.</summary>
    public async Task<Tokens> Renew(Guid session, AccountKind kind, DateTimeOffset expires, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var access = Secret.New();
        var until = now + Session.IdleLimit(kind) < expires ? now + Session.IdleLimit(kind) : expires;
        var hash = Secret.Hash(access);
        await db.Sessions.Where(s => s.Id == session).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.TokenHash, hash).SetProperty(s => s.TokenExpiresAt, until).SetProperty(s => s.SeenAt, now), ct);
        return new(access, NextRefresh(session, now), (int)(until - now).TotalSeconds, kind);
    }

    /// <summary>Its holder has just proved again who they are. The row changes at once, inside the caller's transaction.</summary>
    public Task<int> Proven(Guid session, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Sessions.Where(s => s.Id == session && s.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvenAt, now), ct);
    }

    /// <summary>Ends every session of an account; holds from the next request on. No browser skips the code any more.</summary>
    public async Task<int> EndAll(Guid account, string because, CancellationToken ct)
    {
        await ForgetDevices(account, ct);
        var now = clock.GetUtcNow();
        return await db.Sessions.Where(s => s.AccountId == account && s.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndedBecause, because), ct);
    }

    /// <summary>Ends every session of an account but the one that acts. No browser skips the code any more, the one that acts neither.</summary>
    public async Task<int> EndOthers(Guid account, Guid but, string because, CancellationToken ct)
    {
        await ForgetDevices(account, ct);
        var now = clock.GetUtcNow();
        return await db.Sessions.Where(s => s.AccountId == account && s.Id != but && s.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndedBecause, because), ct);
    }

    Task<int> ForgetDevices(Guid account, CancellationToken ct) =>
        db.Devices.Where(d => d.AccountId == account && d.RememberedUntil != null).ExecuteUpdateAsync(set => set.SetProperty(d => d.RememberedUntil, (DateTimeOffset?)null), ct);

    public Task<int> End(Guid session, string because, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Sessions.Where(s => s.Id == session && s.EndedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.EndedAt, now).SetProperty(s => s.EndedBecause, because), ct);
    }

    string NextRefresh(Guid session, DateTimeOffset now)
    {
        var token = Secret.New();
        db.Add(new RefreshToken { Id = Ids.New(clock), SessionId = session, TokenHash = Secret.Hash(token), IssuedAt = now });
        return token;
    }
}

/// <summary>
/// When each session was last used, kept in memory and written down once a minute by a job: a write on every request would cost a
/// transaction each. A crash forgets at most that minute, and somebody is asked to sign in a minute early.
/// </summary>
sealed class SeenSessions
{
    readonly ConcurrentDictionary<Guid, DateTimeOffset> seen = new();

    /// <summary>Notes a use, and gives the last one before it that this host knows of.</summary>
    public DateTimeOffset LastOf(Guid session, DateTimeOffset written) =>
        seen.TryGetValue(session, out var at) && at > written ? at : written;

    public void Note(Guid session, DateTimeOffset now, DateTimeOffset written)
    {
        if (now - LastOf(session, written) >= TimeSpan.FromSeconds(1)) seen[session] = now;
    }

    /// <summary>What is to be written down; forgotten here.</summary>
    public IReadOnlyList<(Guid Session, DateTimeOffset At)> Take()
    {
        var taken = new List<(Guid, DateTimeOffset)>();
        foreach (var (session, _) in seen)
            if (seen.TryRemove(session, out var at)) taken.Add((session, at));
        return taken;
    }
}
