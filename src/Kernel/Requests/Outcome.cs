using System.Diagnostics.CodeAnalysis;

namespace PatientPortal.Kernel.Requests;

/// <summary>How a request ended. Each is one HTTP status (docs/adr/0004).</summary>
public enum Verdict
{
    Ok = 200, Invalid = 400, Unauthorized = 401, Forbidden = 403, NotFound = 404, Conflict = 409,
    Stale = 412, TooLarge = 413, Unsupported = 415, Refused = 422, TooMany = 429, Accepted = 202,
}

/// <summary>Why something was not done, in words for the person who asked.</summary>
/// <param name="Code">Stable, snake_case; clients decide by it.</param>
/// <param name="Detail">Plain words, never health data.</param>
public sealed record Refusal(Verdict Verdict, string Code, string Detail)
{
    /// <summary>For <see cref="Verdict.Invalid"/>: field (camelCase) to messages.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>What the person can do instead.</summary>
    public string? NextStep { get; init; }

    /// <summary>What they could have instead: the three nearest times, the request that is already open.</summary>
    public object? Alternatives { get; init; }

    /// <summary>When trying again makes sense.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The messages beside one field; empty when there are none.</summary>
    public IReadOnlyList<string> For(string field) => Errors is not null && Errors.TryGetValue(field, out var said) ? said : [];
}

/// <summary>Either the answer, or why there is none.</summary>
public readonly struct Outcome<T> : IOutcome
{
    readonly T? value;

    Outcome(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    public bool IsOk => Refusal is null;

    /// <exception cref="InvalidOperationException">The outcome is a refusal.</exception>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal.Code}");

    public bool Refused([NotNullWhen(true)] out Refusal? refusal, [MaybeNullWhen(true)] out T answer)
    {
        (refusal, answer) = (Refusal, value);
        return refusal is not null;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>What decorators need to know of any outcome.</summary>
public interface IOutcome
{
    Refusal? Refusal { get; }
}

/// <summary>The refusals, one for each kind of trouble.</summary>
public static class Outcome
{
    /// <summary>Absent, or not the actor's: nobody can tell which.</summary>
    public static Refusal NotFound { get; } = new(Verdict.NotFound, "not_found", "There is nothing here, or it is not yours to see.");

    /// <summary>Somebody was faster.</summary>
    public static Refusal Conflict(string code, string detail, object? alternatives = null) =>
        new(Verdict.Conflict, code, detail) { Alternatives = alternatives };

    /// <summary>It changed since the caller last read it.</summary>
    public static Refusal Stale(string detail = "Somebody changed this since you opened it. Open it again, and repeat your change.") =>
        new(Verdict.Stale, "stale", detail);

    /// <summary>A rule of the clinic says no.</summary>
    public static Refusal Refused(string code, string detail, string nextStep) =>
        new(Verdict.Refused, code, detail) { NextStep = nextStep };

    /// <summary>One field is wrong.</summary>
    public static Refusal Invalid(string field, string message) =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] });

    public static Refusal Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(Verdict.Invalid, "invalid", "Some of what you entered needs another look.") { Errors = errors };

    public static Refusal Forbidden(string code, string detail) => new(Verdict.Forbidden, code, detail);

    public static Refusal Unauthorized(string code, string detail) => new(Verdict.Unauthorized, code, detail);

    public static Refusal TooMany(string detail, TimeSpan retryAfter, string code = "too_many_requests") =>
        new(Verdict.TooMany, code, detail) { RetryAfter = retryAfter };
}
