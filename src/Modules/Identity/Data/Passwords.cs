using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>
/// Slow hashes: PBKDF2-HMAC-SHA512 with a salt of 128 bits, in ASP.NET Core Identity's format, which carries its own count of rounds.
/// One hash takes a tenth of a second of a core, so they pass a gate: half the cores hash, a few dozen people wait, everybody
/// beyond is asked to come back. A flood of sign-ins leaves the other half of the machine to the signed in.
/// </summary>
sealed class Passwords : IDisposable
{
    const int MostWaiting = 32;
    static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim gate = new(Math.Max(1, Environment.ProcessorCount / 2));
    readonly PasswordHasher<Account> hasher;
    readonly Lazy<string> nobodys;
    int waiting;

    public Passwords(IConfiguration settings)
    {
        var rounds = settings.GetValue("Identity:PasswordIterations", IdentityLimits.PasswordIterations);
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = rounds }));
        nobodys = new(() => hasher.HashPassword(null!, Secret.New()));
    }

    /// <summary>Whether this is the password. Without a hash (nobody has that name) the work is the same and the answer no.</summary>
    public Task<Outcome<bool>> Verify(string? hash, string password, CancellationToken ct) => Pass(() =>
        hasher.VerifyHashedPassword(null!, hash ?? nobodys.Value, PasswordRules.Normal(password)) is not PasswordVerificationResult.Failed && hash is not null, ct);

    public Task<Outcome<string>> Hash(string password, CancellationToken ct) =>
        Pass(() => hasher.HashPassword(null!, PasswordRules.Normal(password)), ct);

    async Task<Outcome<T>> Pass<T>(Func<T> work, CancellationToken ct)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return Outcome.TooMany("Many people are signing in at this moment. Please try again in a few seconds.", ComeBack);
        }
        try
        {
            await gate.WaitAsync(ct);
            try
            {
                return await Task.Run(work, ct);
            }
            finally
            {
                gate.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Dispose() => gate.Dispose();
}
