using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>The browsers that an account is known to use.</summary>
sealed class Devices(IdentityDb db, IHttpContextAccessor http, DeviceCookie cookie, TimeProvider clock)
{
    string? secret;

    /// <summary>What the browser that asks calls itself, or null.</summary>
    public string? Name => BrowserName.Of(http.HttpContext?.Request.Headers.UserAgent);

    /// <summary>
    /// The browser that asks, when this name has signed in with it before. Programs carry no cookie and are never known: for them every sign-in asks for all.
    /// The same query for a name that nobody has.
    /// </summary>
    public async Task<Device?> Known(string nameKey, CancellationToken ct)
    {
        if (Hash() is not { } hash) return null;
        return await (from d in db.Devices.AsNoTracking() join a in db.Accounts on d.AccountId equals a.Id where d.TokenHash == hash && a.UserNameKey == nameKey select d).SingleOrDefaultAsync(ct);
    }

    /// <summary>Whether it is the browser that asks.</summary>
    public bool IsCurrent(Device device) => Hash() is { } hash && device.TokenHash.AsSpan().SequenceEqual(hash);

    /// <summary>Whether the password alone is enough here at this moment; asked where the session is opened, because its owner may just have ended it.</summary>
    public Task<bool> IsRemembered(Guid device, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Devices.AnyAsync(d => d.Id == device && d.RememberedUntil > now, ct);
    }

    /// <summary>
    /// Somebody signed in with the browser that asks: it is known from now on, by a new secret. Whoever else uses it stays known too.
    /// Part of the caller's transaction; <see cref="Hand"/> gives the browser its secret once that stands.
    /// </summary>
    /// <param name="remember">Lets it skip the code for 30 days; leaves what was chosen before when false.</param>
    public async Task SignedIn(Account account, bool remember, Door door, CancellationToken ct)
    {
        if (door is Door.Api || http.HttpContext is null) return;
        var (now, token) = (clock.GetUtcNow(), Secret.New());
        var (before, after) = (Hash(), Secret.Hash(token));
        var until = remember && account.Kind is AccountKind.Patient && account.HasSecondFactor ? now + IdentityLimits.DeviceRemembered : (DateTimeOffset?)null;
        var name = Name ?? "";
        var known = 0;
        if (before is not null)
        {
            known = await db.Devices.Where(d => d.AccountId == account.Id && d.TokenHash == before).ExecuteUpdateAsync(set => set
                .SetProperty(d => d.LastUsedAt, now).SetProperty(d => d.Name, name).SetProperty(d => d.RememberedUntil, d => until ?? d.RememberedUntil), ct);
            await db.Devices.Where(d => d.TokenHash == before).ExecuteUpdateAsync(set => set.SetProperty(d => d.TokenHash, after), ct);
        }
        if (known is 0) db.Add(new Device { Id = Ids.New(clock), AccountId = account.Id, TokenHash = after, Name = name, FirstUsedAt = now, LastUsedAt = now, RememberedUntil = until });
        secret = token;
    }

    /// <summary>The browser gets the secret that <see cref="SignedIn"/> wrote down the hash of.</summary>
    public void Hand()
    {
        if (secret is not null && http.HttpContext is { } context) cookie.Set(context, secret);
    }

    byte[]? Hash() => http.HttpContext is { } context && cookie.Read(context) is { } token ? Secret.Hash(token) : null;
}
