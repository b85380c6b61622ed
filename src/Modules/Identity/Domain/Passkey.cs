namespace PatientPortal.Identity.Domain;

/// <summary>A WebAuthn credential of an account: a key pair in somebody's phone, computer or security key, whose public half is kept here.</summary>
sealed class Passkey
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }

    /// <summary>Unique: of all accounts, one has it.</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>COSE.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>What its owner calls it.</summary>
    public required string Name { get; set; }

    /// <summary>As the authenticator counts; 0 for passkeys that are copied between devices.</summary>
    public required long SignCount { get; set; }

    /// <summary>Words with commas between: "internal,hybrid".</summary>
    public required string Transports { get; init; }
    public required bool IsBackupEligible { get; init; }
    public required bool IsBackedUp { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A challenge that was answered: the same answer a second time is refused. Kept until the challenge would have expired anyway.</summary>
sealed class SpentChallenge
{
    /// <summary>SHA-256 of the sealed challenge.</summary>
    public required byte[] Hash { get; init; }
    public required DateTimeOffset SpentAt { get; init; }
}

/// <summary>What a browser is asked: WebAuthn's options, and the sealed challenge that must come back with its answer.</summary>
/// <param name="Options">For <c>navigator.credentials</c>, in the standard's JSON form.</param>
sealed record PasskeyQuestion(string Challenge, System.Text.Json.JsonElement Options);

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="IsCopied">True when it is kept in a password store and works on several devices.</param>
sealed record MyPasskey(Guid Id, string Name, bool IsCopied, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);
