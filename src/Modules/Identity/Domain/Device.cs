namespace PatientPortal.Identity.Domain;

/// <summary>
/// A browser in which somebody signed in: it is not held up by what strangers fail with their name, and a patient may let it skip the code for 30 days.
/// Found by the hash of a secret in the browser's cookie, which is new after every sign-in: a copy of it is dead once its owner comes back.
/// </summary>
sealed class Device
{
    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required byte[] TokenHash { get; set; }

    /// <summary>What it calls itself, in a few words: <see cref="BrowserName"/>.</summary>
    public required string Name { get; set; }
    public required DateTimeOffset FirstUsedAt { get; init; }
    public required DateTimeOffset LastUsedAt { get; set; }

    /// <summary>Until when the password alone is enough here; null when the code is asked for. Never set for staff.</summary>
    public DateTimeOffset? RememberedUntil { get; set; }
}
