namespace PatientPortal.Identity.Domain;

/// <summary>
/// Consecutive failures to sign in with one name, kept for names that nobody has as well: whether an account exists must not
/// show in how long one is kept waiting. The key is a hash, because people type passwords into the name field.
/// </summary>
sealed class SignInTries
{
    /// <summary>SHA-256 of the name's key.</summary>
    public required byte[] NameHash { get; init; }
    public int Failures { get; set; }
    public DateTimeOffset LastFailedAt { get; set; }
    public DateTimeOffset? WaitUntil { get; set; }

    public static byte[] HashOf(string nameKey) => Secret.Hash(nameKey);

    /// <summary>How long the name must wait, or null.</summary>
    public TimeSpan? WaitFrom(DateTimeOffset now) => WaitUntil is { } until && until > now ? until - now : null;

    /// <summary>
    /// 63B 3.2.2: at most 100 consecutive failures, with growing delays. Four are free, the fifth costs half a minute, each
    /// further one twice as much up to 15 minutes: a patient is never locked out for long by somebody who tries their name.
    /// From the hundredth on it is a day each; a password reset ends it.
    /// </summary>
    public static TimeSpan DelayAfter(int failures) => failures switch
    {
        < 5 => TimeSpan.Zero,
        >= 100 => TimeSpan.FromDays(1),
        >= 10 => TimeSpan.FromMinutes(15),
        _ => TimeSpan.FromSeconds(30 * Math.Pow(2, failures - 5)),
    };

    public void Failed(DateTimeOffset now)
    {
        Failures++;
        LastFailedAt = now;
        var delay = DelayAfter(Failures);
        WaitUntil = delay > TimeSpan.Zero ? now + delay : null;
    }
}
