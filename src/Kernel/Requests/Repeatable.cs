using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Kernel.Requests;

/// <summary>What the next save remembers beside its change.</summary>
sealed record RepeatDraft(byte[] Key, byte[] Request, DateTimeOffset At)
{
    public bool Written { get; set; }
}

/// <summary>
/// The same key, caller and request give the same answer again for 24 hours. The answer is remembered in the transaction of the change
/// itself, so a crash can't part them; of two that come at once, the loser of the key's unique index waits for nothing and gets the winner's answer.
/// </summary>
sealed class Repeatable<TRequest, TResponse>(IHandle<TRequest, TResponse> next, RequestScope scope, Repeats repeats, TimeProvider clock) : IHandle<TRequest, TResponse>
{
    // A page that is posted reads before and after it changes something: the key is the change's.
    static readonly bool IsRead = typeof(TRequest).GetCustomAttribute<DoesAttribute>()?.Act is Act.Read;

    public async Task<Outcome<TResponse>> Handle(TRequest request, CancellationToken ct)
    {
        if (IsRead || scope.IdempotencyKey is not { } key || scope.Repeat is not null) return await next.Handle(request, ct);

        var draft = new RepeatDraft(
            // Somebody not signed in is told apart by address; a signed-in caller may change networks between two tries.
            SHA256.HashData(Encoding.UTF8.GetBytes($"{scope.Actor.AccountId:N}|{(scope.Actor.IsSignedIn ? "" : scope.Address)}|{key}")),
            repeats.Fingerprint([.. Encoding.UTF8.GetBytes($"{typeof(TRequest).FullName}|{scope.Patient?.Id:N}|"), .. JsonSerializer.SerializeToUtf8Bytes(request, Repeats.Json)]),
            clock.GetUtcNow());

        if (await repeats.Find<TResponse>(draft, ct) is { } before) return before;

        scope.Repeat = draft;
        Outcome<TResponse> outcome;
        try
        {
            outcome = await next.Handle(request, ct);
        }
        finally
        {
            scope.Repeat = null;
        }
        return !outcome.IsOk && await repeats.Find<TResponse>(draft, ct) is { } meanwhile ? meanwhile : outcome;
    }
}

/// <summary>The remembered answers: one row a key, sealed, for 24 hours.</summary>
public sealed class Repeats(PortalDatabase database, Vault vault, TimeProvider clock)
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    internal const string Purpose = "kernel_repeats.answer";

    /// <summary>Keyed, for a request may hold a password or a few words about an illness: a plain hash of these can be guessed back.</summary>
    internal byte[] Fingerprint(ReadOnlySpan<byte> request) => vault.Fingerprinted(request, "kernel_repeats.request");

    internal async Task<Outcome<T>?> Find<T>(RepeatDraft draft, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var command = connection.Command("SELECT request, answer FROM kernel_repeats WHERE key = @key AND at > @since",
            ("key", draft.Key), ("since", Instants.Write(clock.GetUtcNow().AddHours(-24))));
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        if (!draft.Request.AsSpan().SequenceEqual((byte[])row.GetValue(0)))
            return Outcome.Refused("idempotency_key_reused", "This key was used for another request.", "Use a fresh key for each new request.");
        return JsonSerializer.Deserialize<T>(vault.Open((byte[])row.GetValue(1), Purpose), Json)!;
    }

    /// <summary>Forgets answers older than 24 hours; gives how many.</summary>
    public async Task<int> Forget(CancellationToken ct) =>
        await database.Execute("DELETE FROM kernel_repeats WHERE at <= @since", ct, ("since", Instants.Write(clock.GetUtcNow().AddHours(-24))));
}
