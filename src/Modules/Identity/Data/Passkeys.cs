using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>What a passkey is asked for. A challenge for one is no good for another.</summary>
enum PasskeyPurpose { Add, SignIn, Prove }

/// <summary>
/// WebAuthn, with ASP.NET Core's own verification: user verification is required, so a passkey counts as both factors. A challenge travels sealed in the page, is good
/// for a quarter of an hour and is spent in the transaction of what it opened. Nothing is written for somebody who only asks for one.
/// </summary>
sealed class Passkeys(IdentityDb db, RelyingParty party, IDataProtectionProvider protection, TimeProvider clock)
{
    public static Refusal Unavailable { get; } = Outcome.Refused("passkeys_unavailable", "Passkeys do not work at this address of the portal.", "Sign in with your password.");

    public bool Work => party.Domain is not null;

    public async Task<PasskeyQuestion?> Ask(PasskeyPurpose purpose, Account? account, CancellationToken ct)
    {
        if (!Work) return null;
        ct.ThrowIfCancellationRequested();
        var http = new DefaultHttpContext();
        string options, state;
        if (purpose is PasskeyPurpose.Add)
        {
            var made = await Handler().MakeCreationOptionsAsync(new() { Id = account!.Id.ToString("D"), Name = account.UserName, DisplayName = account.Name }, http);
            (options, state) = (made.CreationOptionsJson, made.AttestationState!);
        }
        else
        {
            var made = await Handler().MakeRequestOptionsAsync(account, http);
            (options, state) = (made.RequestOptionsJson, made.AssertionState!);
        }
        var until = (clock.GetUtcNow() + IdentityLimits.PasskeyChallenge).ToUnixTimeSeconds();
        using var json = JsonDocument.Parse(options);
        return new(Seal(purpose).Protect(string.Create(CultureInfo.InvariantCulture, $"{until}|{account?.Id}|{state}")), json.RootElement.Clone());
    }

    /// <summary>The new passkey, checked but not added; null when the answer is not one to our question.</summary>
    public async Task<UserPasskeyInfo?> Made(string? challenge, string? credential, Guid account)
    {
        if (!Work || credential is not { Length: > 0 } || Open(PasskeyPurpose.Add, challenge) is not var (asked, state) || asked != account) return null;
        var made = await Handler().PerformAttestationAsync(new() { HttpContext = new DefaultHttpContext(), CredentialJson = credential, AttestationState = state });
        return made is { Succeeded: true, Passkey.IsUserVerified: true } ? made.Passkey : null;
    }

    /// <summary>Whose passkey answered, and as it is now; null when the answer is not one to our question.</summary>
    public async Task<(Account Account, UserPasskeyInfo Passkey)?> Answered(PasskeyPurpose purpose, string? challenge, string? credential, Guid? account)
    {
        if (!Work || credential is not { Length: > 0 } || Open(purpose, challenge) is not var (asked, state) || asked != account) return null;
        var answered = await Handler().PerformAssertionAsync(new() { HttpContext = new DefaultHttpContext(), CredentialJson = credential, AssertionState = state });
        return answered is { Succeeded: true, Passkey.IsUserVerified: true } && (account is null || answered.User!.Id == account) ? (answered.User!, answered.Passkey) : null;
    }

    /// <summary>
    /// Spends the challenge and notes the use. Part of the caller's transaction and save: an answer that comes back is refused by the challenge's key, and of two
    /// answers with one count of the authenticator one is.
    /// </summary>
    public async Task<bool> Spend(string challenge, UserPasskeyInfo used, long countBefore, CancellationToken ct)
    {
        Spent(challenge);
        var (id, now, count, copied) = (used.CredentialId, clock.GetUtcNow(), (long)used.SignCount, used.IsBackedUp);
        return await db.Passkeys.Where(p => p.CredentialId == id && p.SignCount == countBefore).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.SignCount, count).SetProperty(p => p.IsBackedUp, copied).SetProperty(p => p.UsedAt, now), ct) is 1;
    }

    public void Spent(string challenge) => db.Add(new SpentChallenge { Hash = Domain.Secret.Hash(challenge), SpentAt = clock.GetUtcNow() });

    public Task<long> CountOf(byte[] credential, CancellationToken ct) => db.Passkeys.Where(p => p.CredentialId == credential).Select(p => p.SignCount).SingleOrDefaultAsync(ct);

    (Guid? Account, string State)? Open(PasskeyPurpose purpose, string? challenge)
    {
        if (string.IsNullOrEmpty(challenge) || challenge.Length > 4000) return null;
        try
        {
            var parts = Seal(purpose).Unprotect(challenge).Split('|', 3);
            if (long.Parse(parts[0], CultureInfo.InvariantCulture) <= clock.GetUtcNow().ToUnixTimeSeconds()) return null;
            return (parts[1].Length > 0 ? Guid.Parse(parts[1]) : null, parts[2]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    IDataProtector Seal(PasskeyPurpose purpose) => protection.CreateProtector("PatientPortal.Identity.Passkey", purpose.ToString());

    PasskeyHandler<Account> Handler() => new(new UserManager<Account>(new PasskeyShelf(db), Options.Create(new IdentityOptions()), null!, [], [],
        new UpperInvariantLookupNormalizer(), new IdentityErrorDescriber(), null!, NullLogger<UserManager<Account>>.Instance), Options.Create(new IdentityPasskeyOptions
        {
            ServerDomain = party.Domain, UserVerificationRequirement = "required", ResidentKeyRequirement = "required", AttestationConveyancePreference = "none",
            AuthenticatorTimeout = TimeSpan.FromMinutes(5), ValidateOrigin = said => ValueTask.FromResult(!said.CrossOrigin && party.Accepts(said.Origin)),
        }));
}

/// <summary>The few questions that ASP.NET Core's verification asks about accounts and their passkeys. It only reads; what else its interfaces hold nobody calls.</summary>
sealed class PasskeyShelf(IdentityDb db) : IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString("D"));

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParseExact(userId, "D", out var id) ? await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken) : null;

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await db.Passkeys.AsNoTracking().Where(p => p.CredentialId == credentialId).Join(db.Accounts, p => p.AccountId, a => a.Id, (p, a) => a).SingleOrDefaultAsync(cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        await db.Passkeys.AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == user.Id && p.CredentialId == credentialId, cancellationToken) is { } found ? Of(found) : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [.. (await db.Passkeys.AsNoTracking().Where(p => p.AccountId == user.Id).OrderBy(p => p.Id).ToListAsync(cancellationToken)).Select(Of)];

    static UserPasskeyInfo Of(Passkey p) => new(p.CredentialId, p.PublicKey, p.CreatedAt, (uint)p.SignCount, p.Transports.Split(',', StringSplitOptions.RemoveEmptyEntries),
        isUserVerified: true, p.IsBackupEligible, p.IsBackedUp, [], []);

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();
    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw new NotSupportedException();
    public void Dispose() { }
}
