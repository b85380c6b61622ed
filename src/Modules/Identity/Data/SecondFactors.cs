using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>What proves again who sits here, before the account itself is changed: the password, and the second factor where there is one.</summary>
/// <param name="Code">From the authenticator app, or a recovery code.</param>
sealed record Proof(string? Password, string? Code);

/// <summary>Checks a second factor, and a proof of a signed-in member. Nothing is written here but failed tries: the caller's transaction does the rest.</summary>
sealed class SecondFactors(IdentityDb db, Passwords passwords, Failures failures, RequestScope scope, TimeProvider clock)
{
    static readonly Refusal WrongCode = Outcome.Invalid("code", "That code did not match, or was used already.");

    /// <summary>
    /// Makes a change of the account of whoever is signed in, when the proof is right; code and change are one transaction. A wrong proof counts like a
    /// failed sign-in, so that an open session is no place to guess.
    /// </summary>
    public async Task<Outcome<T>> Prove<T>(Proof proof, Func<Account, Task<Outcome<T>>> change, CancellationToken ct)
    {
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.Id == scope.Actor.AccountId, ct);
        if (account is null) return Outcome.NotFound;
        if (await Held(account, ct) is { } hold) return hold;
        if ((await passwords.Verify(account.PasswordHash, proof.Password ?? "", ct)).Refused(out var full, out var matches)) return full;
        if (!matches)
        {
            await failures.Count(account.UserNameKey, ct);
            return Outcome.Invalid("password", "That is not your password.");
        }
        if (account.HasSecondFactor && string.IsNullOrWhiteSpace(proof.Code))
            return Outcome.Invalid("code", "Enter the 6-digit code from your authenticator app, or a recovery code.");

        var outcome = await db.InTransaction<Outcome<T>>(async () =>
        {
            // While this one waited for its hash, others may have failed.
            if (await Held(account, ct) is { } late) return late;
            if (account.HasSecondFactor && !await Spend(account, proof.Code!, ct)) return WrongCode;
            return await change(account);
        }, ct);
        if (ReferenceEquals(outcome.Refusal, WrongCode)) await failures.Count(account.UserNameKey, ct);
        return outcome;
    }

    /// <summary>Why somebody who failed often must wait, or null. They are signed in: it is not a 401.</summary>
    public async Task<Refusal?> Held(Account account, CancellationToken ct) => await failures.Hold(account.UserNameKey, ct) is { } hold ? hold with { Verdict = Verdict.TooMany } : null;

    /// <summary>Takes a code, once: of two who send the same at the same moment one gets true. Part of the caller's transaction.</summary>
    public async Task<bool> Spend(Account account, string code, CancellationToken ct) =>
        Totp.Accept(account.TotpSecret!, code, clock.GetUtcNow(), account.TotpStep) is { } step
            ? await db.Accounts.Where(a => a.Id == account.Id && a.TotpStep < step).ExecuteUpdateAsync(set => set.SetProperty(a => a.TotpStep, step), ct) is 1
            : await SpendRecoveryCode(account, code, ct);

    /// <summary>Takes a recovery code, once, and tells the owner. Part of the caller's transaction; their save sends the news.</summary>
    public async Task<bool> SpendRecoveryCode(Account account, string? code, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(code) || code.Length > 64) return false;
        var (hash, now) = (Secret.HashTyped(code), clock.GetUtcNow());
        if (await db.RecoveryCodes.Where(c => c.AccountId == account.Id && c.CodeHash == hash && c.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, now), ct) is 0) return false;
        Announce(account, "recovery_code_used");
        return true;
    }

    /// <summary>New codes in the place of all before. The caller's transaction and save write them; they are told once.</summary>
    public async Task<IReadOnlyList<string>> NewCodes(Guid account, CancellationToken ct)
    {
        await db.RecoveryCodes.Where(c => c.AccountId == account).ExecuteDeleteAsync(ct);
        var now = clock.GetUtcNow();
        var codes = Enumerable.Range(0, IdentityLimits.RecoveryCodes)
            .Select(_ => string.Join('-', Codes.Readable(IdentityLimits.RecoveryLength).Chunk(4).Select(c => new string(c)))).ToList();
        db.AddRange(codes.Select(code => new RecoveryCode { Id = Ids.New(clock), AccountId = account, CodeHash = Secret.HashTyped(code), IssuedAt = now }));
        return codes;
    }

    /// <summary>How the account of whoever is signed in stands; null when it is gone.</summary>
    public async Task<SecondFactorState?> State(CancellationToken ct)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == scope.Actor.AccountId, ct);
        return account is null ? null : new(account.HasSecondFactor, account.Kind is AccountKind.Staff,
            await db.RecoveryCodes.CountAsync(c => c.AccountId == account.Id && c.UsedAt == null, ct));
    }

    public void Announce(Account account, string what) =>
        db.Announce(new AccountSecurityChanged(account.Id, account.Name, account.Email, account.Language, what), account.Id);
}
