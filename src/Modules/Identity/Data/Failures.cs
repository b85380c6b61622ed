using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>
/// What everybody meets who tries to prove who they are: the wait of a name, the limit of an address. The same for names that
/// nobody has. In a browser where the name has signed in before, only what fails there counts: strangers who try somebody's name, or fill the
/// limit of the network they sit in, don't keep its owner out.
/// </summary>
sealed class Failures(IdentityDb db, PortalDatabase database, AddressLimits addresses, Devices devices, RequestScope scope, TimeProvider clock)
{
    /// <summary>Why this name may not try now, or null.</summary>
    public async Task<Refusal?> Hold(string nameKey, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var device = await devices.Known(nameKey, ct);
        if (device is null && addresses.Wait(scope.Address) is { } pause)
            return Outcome.TooMany("There were many failed tries from your network. Please wait a moment and try again.", pause);

        var hash = KeyOf(nameKey, device);
        var tries = await db.SignInTries.AsNoTracking().SingleOrDefaultAsync(t => t.NameHash == hash, ct);
        return tries?.WaitFrom(now) is { } wait ? LockedOut(wait) : null;
    }

    public static Refusal LockedOut(TimeSpan wait) => Outcome.Unauthorized("locked_out",
        "There were several failed tries with this user name. Please wait before you try again, or reset your password.") with { RetryAfter = wait };

    // No user name holds a line break.
    static byte[] KeyOf(string nameKey, Device? device) => SignInTries.HashOf(device is null ? nameKey : $"{nameKey}\n{device.Id:N}");

    /// <summary>Counts a failure. Two at once both count: the row is changed where it is.</summary>
    public async Task Count(string nameKey, CancellationToken ct)
    {
        addresses.Failed(scope.Address);
        var (now, hash) = (clock.GetUtcNow(), KeyOf(nameKey, await devices.Known(nameKey, ct)));
        await database.Write(background: false, async (connection, transaction) =>
        {
            await using var count = connection.Command("""
                INSERT INTO identity_sign_in_tries (name_hash, failures, last_failed_at) VALUES (@name, 1, @now)
                ON CONFLICT (name_hash) DO UPDATE SET failures = identity_sign_in_tries.failures + 1, last_failed_at = @now
                """, ("name", hash), ("now", Instants.Write(now)));
            count.Transaction = transaction;
            await count.ExecuteNonQueryAsync(ct);
            await using var read = connection.Command("SELECT failures FROM identity_sign_in_tries WHERE name_hash = @name", ("name", hash));
            read.Transaction = transaction;
            var delay = SignInTries.DelayAfter(Convert.ToInt32(await read.ExecuteScalarAsync(ct), null));
            if (delay <= TimeSpan.Zero) return 0;
            await using var wait = connection.Command(
                "UPDATE identity_sign_in_tries SET wait_until = @until WHERE name_hash = @name", ("until", Instants.Write(now + delay)), ("name", hash));
            wait.Transaction = transaction;
            return await wait.ExecuteNonQueryAsync(ct);
        }, ct);
    }

    /// <summary>Counts a failure that belongs to no name: a wrong activation code.</summary>
    public void CountAddress() => addresses.Failed(scope.Address);

    /// <summary>Why this address may not try now, or null.</summary>
    public Refusal? HoldAddress() => addresses.Wait(scope.Address) is { } pause
        ? Outcome.TooMany("There were many failed tries from your network. Please wait a moment and try again.", pause) : null;

    /// <summary>Why this address may not ask for another link by e-mail now, or null; counts when it may.</summary>
    public Refusal? HoldAsking()
    {
        if (addresses.WaitToAsk(scope.Address) is { } pause) return Outcome.TooMany("Many links were asked for from your network. Please wait a moment and try again.", pause);
        addresses.Asked(scope.Address);
        return null;
    }

    /// <summary>
    /// A name that proved itself starts again from nothing, in the browser where it did: what strangers failed elsewhere still counts. Part of the caller's transaction.
    /// </summary>
    /// <param name="everywhere">After a password reset: the old tries were at another password.</param>
    public async Task Forget(string nameKey, CancellationToken ct, bool everywhere = false)
    {
        var (here, name) = (KeyOf(nameKey, await devices.Known(nameKey, ct)), KeyOf(nameKey, null));
        await db.SignInTries.Where(t => t.NameHash == here || (everywhere && t.NameHash == name)).ExecuteDeleteAsync(ct);
    }
}
