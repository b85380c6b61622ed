using System.Data.Common;
using System.Text.Json;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Kernel.Events;

/// <summary>
/// Delivers the outbox: one delivery for each (event, handler), in its own scope; the handler's save carries the receipt, so its effects happen
/// once. Order is kept for each (handler, subject). A failure backs off and is tried again; after the last try it needs a person, who may retry it.
/// Rung after each commit; a sweep catches what a crash left.
/// </summary>
public sealed class Courier(
    PortalDatabase database, Vault vault, Listeners listeners, CourierBell bell, IServiceScopeFactory scopes, TimeProvider clock, ILogger<Courier> log) : BackgroundService
{
    internal const string Purpose = "kernel_outbox.payload";
    internal static readonly JsonSerializerOptions Json = new();

    const int Most = 64, AtOnce = 4;

    static readonly TimeSpan Sweep = TimeSpan.FromSeconds(5);

    /// <summary>Pauses between the tries; after the last a person has to look.</summary>
    internal static readonly TimeSpan[] BackOff =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2),
        TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6),
    ];

    sealed record Delivery(long Seq, string Handler, Guid? Subject, int Attempts, string Type, byte[] Payload, string TraceId, Guid NewsId);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DeliverDue(stoppingToken) > 0) { }
                await bell.Wait(Sweep, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                log.LogError("The courier could not read the outbox: {Kind}", e.GetType().Name);
                await Task.Delay(Sweep, CancellationToken.None);
            }
        }
    }

    /// <summary>Delivers what is due now, once around; gives how many deliveries ended.</summary>
    public async Task<int> DeliverDue(CancellationToken ct)
    {
        var due = await Due(ct);
        var ended = 0;
        var lanes = due.GroupBy(d => (d.Handler, d.Subject ?? Guid.CreateVersion7())).ToList();
        await Parallel.ForEachAsync(lanes, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (lane, token) =>
        {
            foreach (var delivery in lane)
            {
                if (!await Deliver(delivery, token)) break;
                Interlocked.Increment(ref ended);
            }
        });
        return ended;
    }

    async Task<List<Delivery>> Due(CancellationToken ct)
    {
        var now = Instants.Write(clock.GetUtcNow());
        // An earlier delivery of the same handler and subject that still waits (or needs a person) holds back the later ones.
        const string sql = """
            SELECT d.seq, d.handler, d.subject, d.attempts, o.type, o.payload, o.trace_id, o.id
            FROM kernel_deliveries d JOIN kernel_outbox o ON o.id = d.outbox_id
            WHERE d.state = 'pending' AND d.next_at <= @now AND NOT EXISTS (
                SELECT 1 FROM kernel_deliveries e
                WHERE e.handler = d.handler AND e.subject = d.subject AND e.seq < d.seq
                  AND (e.state = 'needs_person' OR (e.state = 'pending' AND e.next_at > @now)))
            ORDER BY d.seq LIMIT @most
            """;
        await using var connection = await database.Open(ct);
        await using var command = connection.Command(sql, ("now", now), ("most", Most));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var due = new List<Delivery>();
        while (await rows.ReadAsync(ct))
            due.Add(new(rows.GetInt64(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetGuid(2), rows.GetInt32(3), rows.GetString(4), (byte[])rows.GetValue(5), rows.GetString(6), rows.GetGuid(7)));
        return due;
    }

    /// <summary>False when the delivery has to be tried again: what comes after it waits.</summary>
    async Task<bool> Deliver(Delivery delivery, CancellationToken ct)
    {
        try
        {
            var listener = listeners.Named(delivery.Handler) ?? throw new InvalidOperationException("No handler of that name exists any more.");
            await using var unit = scopes.CreateAsyncScope();
            var scope = unit.ServiceProvider.GetRequiredService<RequestScope>();
            (scope.Actor, scope.TraceId, scope.Receipt, scope.NewsId) = (Actor.Portal, delivery.TraceId, delivery.Seq, delivery.NewsId);
            var news = JsonSerializer.Deserialize(vault.Open(delivery.Payload, Purpose), listener.Event, Json)!;
            var handler = unit.ServiceProvider.GetRequiredService(listener.Handler);
            await Invoke(handler, listener.Event, news, ct);
            if (!scope.ReceiptWritten) await Receipt(delivery, ct);
            return true;
        }
        catch (AlreadyDelivered)
        {
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            await Failed(delivery, e, ct);
            return false;
        }
    }

    static readonly System.Reflection.MethodInfo Call = typeof(Courier).GetMethod(nameof(CallHandler), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
    static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, Func<object, object, CancellationToken, Task>> Calls = new();

    static Task Invoke(object handler, Type news, object value, CancellationToken ct) =>
        Calls.GetOrAdd(news, static t => Call.MakeGenericMethod(t).CreateDelegate<Func<object, object, CancellationToken, Task>>())(handler, value, ct);

    static Task CallHandler<T>(object handler, object news, CancellationToken ct) where T : INotification => ((INotificationHandler<T>)handler).Handle((T)news, ct);

    Task Receipt(Delivery delivery, CancellationToken ct) => database.Execute(
        "UPDATE kernel_deliveries SET state = 'done', done_at = @now WHERE seq = @seq AND state <> 'done'", ct,
        ("now", Instants.Write(clock.GetUtcNow())), ("seq", delivery.Seq));

    async Task Failed(Delivery delivery, Exception e, CancellationToken ct)
    {
        var last = delivery.Attempts >= BackOff.Length;
        // An exception's message may hold what it was about: only its kind and place are kept.
        var error = $"{e.GetType().Name} in {e.TargetSite?.DeclaringType?.Name ?? "?"}";
        log.LogWarning("{Handler} failed on try {Attempt} of delivery {Seq}: {Error}{Trace}", delivery.Handler, delivery.Attempts + 1, delivery.Seq, error, Environment.NewLine + e.StackTrace);
        await database.Execute(
            "UPDATE kernel_deliveries SET attempts = attempts + 1, state = @state, next_at = @next, error = @error WHERE seq = @seq AND state = 'pending'", ct,
            ("state", last ? "needs_person" : "pending"), ("next", Instants.Write(clock.GetUtcNow() + (last ? TimeSpan.Zero : BackOff[delivery.Attempts]))),
            ("error", error), ("seq", delivery.Seq));
    }
}
